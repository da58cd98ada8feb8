package io.symphony.rehearsal;

/** The traces that come along: public shapes of traffic, made by formulas. */
final class Shapes {

    private static final int HOUR = 3_600;

    private Shapes() {}

    static Trace daily() {
        return Trace.of("daily", HOUR, second -> {
            double hour = second * 24.0 / HOUR;
            return 120 + 580 * hill(hour, 11, 3) + 780 * hill(hour, 20, 2.5);
        });
    }

    private static double hill(double hour, double top, double width) {
        double away = (hour - top) / width;
        return Math.exp(-away * away / 2);
    }

    static Trace flashCrowd() {
        int begin = 1_200;
        int full = begin + 10;
        int end = full + 300;
        return Trace.of("flash-crowd", HOUR, second -> {
            double crowd = second < begin ? 0 : second < full ? (second - begin) / 10.0 : 1;
            double left = second < end ? crowd : Math.exp((end - second) / 120.0);
            return 50 + 950 * left;
        });
    }

    static Trace square() {
        return Trace.of("square", HOUR, second -> second / 300 % 2 == 0 ? 300 : 900);
    }
}
