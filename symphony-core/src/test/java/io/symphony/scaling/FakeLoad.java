package io.symphony.scaling;

import java.time.Duration;
import java.util.function.ToLongFunction;

/** A record of traffic that is a formula: how many requests there had been at each time. */
record FakeLoad(Duration recordedSince, ToLongFunction<Duration> requestsUntil) implements Load {

    /** All the requests came in one burst, in the instant after this time. */
    static FakeLoad burst(long requests, Duration after) {
        return new FakeLoad(Duration.ZERO, time -> time.compareTo(after) > 0 ? requests : 0);
    }

    static FakeLoad steady(double perSecond) {
        return new FakeLoad(Duration.ZERO, time -> (long) (perSecond * Math.max(0, time.toNanos()) / 1e9));
    }

    FakeLoad since(Duration start) {
        return new FakeLoad(start, requestsUntil);
    }

    @Override
    public long requestsBetween(Duration from, Duration to) {
        return requestsUntil.applyAsLong(to) - requestsUntil.applyAsLong(from);
    }

    @Override
    public long endedBetween(Duration from, Duration to) {
        return requestsBetween(from, to);
    }

    @Override
    public double waitingBetween(Duration from, Duration to) {
        return 0;
    }

    @Override
    public double concurrencyBetween(Duration from, Duration to) {
        throw new AssertionError("nobody here asks for the concurrency");
    }
}
