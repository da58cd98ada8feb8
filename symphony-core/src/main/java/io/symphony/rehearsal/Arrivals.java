package io.symphony.rehearsal;

import java.util.SplittableRandom;

/** The moments at which the requests of a second come: at random, in order, and exactly so many. */
final class Arrivals {

    private final SplittableRandom random;
    private double[] gaps = new double[1_000];
    private int count;
    private int taken;
    private double sum;
    private long fromNanos;
    private double nanosPerGap;

    Arrivals(SplittableRandom random) {
        this.random = random;
    }

    /** So many come in that time. Gaps that are spread exponentially, scaled to fit, are as good as sorting. */
    void in(int requests, long from, long to) {
        if (requests >= gaps.length) {
            gaps = new double[2 * requests];
        }
        double whole = 0;
        for (int i = 0; i <= requests; i++) {
            gaps[i] = random.nextExponential();
            whole += gaps[i];
        }
        count = requests;
        taken = 0;
        sum = gaps[0];
        fromNanos = from;
        nanosPerGap = (to - from) / whole;
    }

    /** When the next one comes; never, where there is none left. */
    long nextNanos() {
        return taken == count ? Long.MAX_VALUE : fromNanos + (long) (sum * nanosPerGap);
    }

    long take() {
        long nanos = nextNanos();
        sum += gaps[++taken];
        return nanos;
    }
}
