package io.symphony.testing;

/** Tests with a real browser. */
public final class OnChromium extends OnInstalled {

    public OnChromium() {
        super("chromium", "--version");
    }
}
