package io.symphony.engine;

import java.time.Duration;

/**
 * How many sick replicas may still be replaced. It fills up in a minute: by as many as are wanted, and three at least. So
 * checks that fail for a reason that lies in no replica, again and again, cannot turn the fleet over and over.
 *
 * @param left how many were left
 * @param asOfNanos when
 */
record Ration(double left, long asOfNanos) {

    private static final double MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int FEWEST = 3;

    static Ration full(int wanted, long now) {
        return new Ration(Math.max(FEWEST, wanted), now);
    }

    Ration refilled(int wanted, long now) {
        double most = Math.max(FEWEST, wanted);
        double filled = Math.min(most, left + (now - asOfNanos) / MINUTE * most);
        return filled == left ? this : new Ration(filled, now);
    }

    boolean hasOne() {
        return left >= 1;
    }

    Ration spent() {
        return new Ration(left - 1, asOfNanos);
    }
}
