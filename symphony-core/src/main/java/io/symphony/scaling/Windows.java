package io.symphony.scaling;

import java.time.Duration;

/** What the windows of all policies have in common: their rule, and how a person reads them. */
final class Windows {

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(1);

    private Windows() {}

    static void require(Duration window) {
        if (window.compareTo(LEAST) < 0 || window.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 100 ms to 1 h)");
        }
    }

    /** {@code 250 ms}, {@code 12.5 ms}. */
    static String inMillis(double seconds) {
        return Numbers.plain(Math.rint(seconds * 10_000) / 10) + " ms";
    }

    /** {@code 120 s}, {@code 0.5 s}. */
    static String inSeconds(Duration window) {
        long millis = window.toMillis();
        return (millis % 1000 == 0 ? Long.toString(millis / 1000) : Double.toString(millis / 1000.0)) + " s";
    }
}
