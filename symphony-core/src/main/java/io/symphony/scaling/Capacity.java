package io.symphony.scaling;

import java.time.Duration;

/**
 * What a replica carries, in requests a second, learned by walking along the record. Little's law gives the latency of
 * each stretch without a look at any request; what it was at rest is the least that was seen, as in Vegas and Gradient2.
 *
 * <p>A stretch that is hardly slower than at rest shows that as much can be carried, and perhaps some more. One that is
 * twice as slow, or in which fewer end than begin, shows what is too much: the throughput of an overloaded replica is its
 * capacity, and the share falls below it. Where each got less to do and that made nothing faster it was no overload: that
 * latency is the one at rest now.
 *
 * <p>Two equal records teach the same, so nothing has to be kept between two decisions.
 */
final class Capacity {

    private static final Duration STRETCH = Duration.ofSeconds(15);
    private static final Duration NEWEST = Duration.ofSeconds(5);
    private static final int STRETCHES = 120;

    private static final double WELL = 1.2;
    private static final double OVERLOADED = 1.6;
    /** What part of a capacity is to be used: queues grow long towards the end of it. */
    private static final double USE = 0.75;

    private static final double PROBE = 1.05;
    /** For how many stretches a capacity that was found by exceeding it is not tried again. */
    private static final int CEILING_HOLDS = 100;

    /** Less to do by this factor, and no faster by that one, is no overload. */
    private static final double RELIEVED = 0.9;

    private static final double NO_FASTER = 0.9;

    private double rest = Double.NaN;
    private double carried;
    private double latency;
    private double queued;
    private double ceiling = Double.POSITIVE_INFINITY;
    private int ceilingAge;
    private double troubleRate;
    private double troubleLatency;

    private Capacity() {}

    static Capacity learned(ScalingView view) {
        Capacity capacity = new Capacity();
        Duration now = view.elapsed();
        long last = now.dividedBy(STRETCH);
        long since = view.load().recordedSince().dividedBy(STRETCH);
        for (long i = Math.max(since, last - STRETCHES); i < last; i++) {
            Duration from = Duration.ofNanos(STRETCH.toNanos() * i);
            capacity.ceilingAge++;
            capacity.learn(Stretch.of(view, from, from.plus(STRETCH)));
        }
        capacity.learn(Stretch.of(view, now.minus(NEWEST), now));
        return capacity;
    }

    boolean isKnown() {
        return carried > 0;
    }

    /** What is to be given to a replica, in requests a second. */
    double share() {
        return carried;
    }

    /** Seconds, of the newest stretch that says something. */
    double latency() {
        return latency;
    }

    /** Seconds; not a number before any stretch without overload. */
    double rest() {
        return rest;
    }

    /** How many are inside that would not be if the replicas were not behind. */
    double queued() {
        return queued;
    }

    private void learn(Stretch stretch) {
        queued = 0;
        if (!stretch.saysSomething()) {
            return;
        }
        latency = stretch.latency();
        if (stretch.catchesUp()) {
            queued = queuedIn(stretch);
        } else if (stretch.fallsBehind()) {
            tooMuch(stretch);
        } else {
            compare(stretch);
        }
    }

    private void compare(Stretch stretch) {
        double slowest = latency * stretch.doubt();
        rest = Double.isNaN(rest) ? slowest : Math.min(rest, slowest);
        if (stretch.isAlone() || latency <= WELL * rest * stretch.doubt()) {
            well(stretch);
        } else if (latency > OVERLOADED * rest * stretch.doubt()) {
            tooMuch(stretch);
        }
    }

    private double queuedIn(Stretch stretch) {
        return Math.max(0, stretch.inside() - (Double.isNaN(rest) ? stretch.ready() : stretch.throughput() * rest));
    }

    private void tooMuch(Stretch stretch) {
        double rate = stretch.rateEach();
        queued = queuedIn(stretch);
        if (!stretch.fallsBehind() && rate <= RELIEVED * troubleRate && latency >= NO_FASTER * troubleLatency) {
            rest = latency;
            carried = Math.max(carried, rate);
            troubleRate = 0;
            queued = 0;
            return;
        }
        carried = carried == 0 ? USE * rate : Math.min(carried, USE * rate);
        ceiling = USE * rate;
        ceilingAge = 0;
        troubleRate = Math.max(troubleRate, rate);
        troubleLatency = latency;
    }

    /** It tries as much more as one fewer would have to carry, and no more than was too much a while ago. */
    private void well(Stretch stretch) {
        double rate = stretch.rateEach();
        troubleRate = 0;
        if (ceilingAge > CEILING_HOLDS || rate > ceiling) {
            ceiling = Double.POSITIVE_INFINITY;
        }
        double tried = stretch.isSteady() ? Math.min(Math.min(carried * PROBE, withOneFewer(stretch)), ceiling) : 0;
        carried = Math.max(Math.max(carried, rate), tried);
    }

    private static double withOneFewer(Stretch stretch) {
        double ready = stretch.ready();
        return ready < 2 ? stretch.rateEach() : stretch.rateEach() * ready / (ready - 1) * PROBE;
    }
}
