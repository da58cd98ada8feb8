package io.symphony.engine;

import java.time.Duration;

/**
 * All replicas together, as one hears them from tick to tick: how many requests came and were answered, and how long one
 * takes. Time in which we ourselves stood still passes unheard, so it is held against nobody.
 */
final class Chorus {

    private static final long LONGEST_TICK = Duration.ofMillis(100).toNanos();

    /** What is left of the weight of a request after one more tick: ten seconds count. */
    private static final double FADING = 0.99;

    private boolean began;
    private long lookedNanos;
    private long stepNanos;
    private long nanos;
    private long entered;
    private long answered;
    private long enteredBefore;
    private long answeredBefore;
    private double insideNanos;
    private double answeredLately;

    /** A tick begins; what is added from now on belongs to it. */
    void tick(long now) {
        stepNanos = began ? Math.min(LONGEST_TICK, now - lookedNanos) : 0;
        began = true;
        lookedNanos = now;
        nanos += stepNanos;
        enteredBefore = entered;
        answeredBefore = answered;
        insideNanos *= FADING;
        answeredLately *= FADING;
    }

    /** What one replica has to say of this tick. */
    void add(long cameIn, long wereAnswered, int areInside) {
        entered += cameIn;
        answered += wereAnswered;
        insideNanos += (double) areInside * stepNanos;
        answeredLately += wereAnswered;
    }

    /** The time that has been heard so far. */
    long nanos() {
        return nanos;
    }

    /** How much of it before this tick. */
    long nanosBefore() {
        return nanos - stepNanos;
    }

    long entered() {
        return entered;
    }

    long answered() {
        return answered;
    }

    long enteredBefore() {
        return enteredBefore;
    }

    long answeredBefore() {
        return answeredBefore;
    }

    /** How long a request is inside on average: what all together spent there, for each that was answered. */
    long averageNanos() {
        return answeredLately < 1 ? 0 : (long) (insideNanos / answeredLately);
    }
}
