package io.symphony.engine;

import java.time.Duration;

/**
 * What scaling may still spend. It fills up by an hour's changes an hour, and holds as many at most. A step down pays for
 * its stops and for the starts that would undo them: so nobody who is needed ever waits for the budget, and however the
 * traffic swings, starts and stops stay bounded.
 *
 * @param changes how many starts and stops were left
 * @param asOfNanos when
 */
record Budget(double changes, long asOfNanos) {

    private static final double HOUR = Duration.ofHours(1).toNanos();
    private static final int STOP_AND_START = 2;

    static Budget full(Restraint restraint, long now) {
        return new Budget(restraint.changesAnHour(), now);
    }

    /** How many replicas may be stopped now. */
    int stops(Restraint restraint, long now) {
        return (int) (left(restraint, now) / STOP_AND_START);
    }

    Budget after(int stops, Restraint restraint, long now) {
        return new Budget(left(restraint, now) - (double) STOP_AND_START * stops, now);
    }

    private double left(Restraint restraint, long now) {
        int most = restraint.changesAnHour();
        return Math.min(most, changes + (now - asOfNanos) / HOUR * most);
    }
}
