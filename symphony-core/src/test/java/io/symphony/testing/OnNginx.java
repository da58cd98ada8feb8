package io.symphony.testing;

/** Tests with a real nginx. */
public final class OnNginx extends OnInstalled {

    public OnNginx() {
        super("nginx", "-v");
    }
}
