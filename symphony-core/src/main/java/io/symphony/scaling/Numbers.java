package io.symphony.scaling;

import java.util.Locale;

/** How numbers stand in a reason. */
final class Numbers {

    private Numbers() {}

    /** As it was given: {@code 10}, {@code 2.5}. */
    static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** As it was measured: {@code 12.3}. */
    static String measured(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** {@code 10 %}. */
    static String percent(double share) {
        return plain(Math.rint(share * 1_000) / 10) + " %";
    }

    static double requirePositive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
        return value;
    }
}
