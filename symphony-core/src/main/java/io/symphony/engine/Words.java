package io.symphony.engine;

import java.util.Locale;

/** How numbers are said to people. */
final class Words {

    private Words() {}

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
