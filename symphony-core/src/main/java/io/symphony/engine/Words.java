package io.symphony.engine;

/** How numbers are said to people. */
final class Words {

    private static final long TENTH = 100_000_000;

    private Words() {}

    /** As {@code 1.5 s}. Written by hand, since a formatter costs more than the rest of what a replica's change does. */
    static String seconds(long nanos) {
        long tenths = Math.round((double) nanos / TENTH);
        return (tenths < 0 ? "-" : "") + Math.abs(tenths / 10) + "." + Math.abs(tenths % 10) + " s";
    }
}
