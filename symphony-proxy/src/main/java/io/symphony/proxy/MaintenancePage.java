package io.symphony.proxy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What clients are told while the orchestrator is under maintenance: a page of HTML, with status 503 and a hint when to
 * come again.
 *
 * <pre>{@code
 * Listener.forwarding(acts).maintenance(MaintenancePage.from(Path.of("back-soon.html"))).start();
 * }</pre>
 */
public record MaintenancePage(String text, Duration retryAfter) {

    private static final int MOST_BYTES = 1 << 20;

    public MaintenancePage {
        if (text.length() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "maintenance page: " + text.length() + " characters (expected: " + MOST_BYTES + " at the most)");
        }
        if (retryAfter.toSeconds() < 1 || retryAfter.toDays() > 365) {
            throw new IllegalArgumentException("retryAfter: " + retryAfter + " (expected: 1 s to 365 days)");
        }
    }

    /** A few plain words, and "in a minute". */
    public static MaintenancePage plain() {
        return of("""
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Back soon</title>
            <h1>Back soon</h1>
            <p>This service is under maintenance. Please try again in a minute.</p>
            </html>
            """);
    }

    public static MaintenancePage of(String html) {
        return new MaintenancePage(html, Duration.ofMinutes(1));
    }

    /** A file of your own, in UTF-8; it is read once, now. */
    public static MaintenancePage from(Path file) throws IOException {
        return of(Files.readString(file));
    }

    public MaintenancePage withRetryAfter(Duration other) {
        return new MaintenancePage(text, other);
    }

    byte[] html() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
