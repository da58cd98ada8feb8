package io.symphony.engine;

import io.symphony.scaling.Load;
import java.time.Duration;

/** The record while the traffic cannot be counted: it has no answer to anything. */
record Unreadable(RuntimeException cause) implements Load {

    @Override
    public long requestsBetween(Duration from, Duration to) {
        throw unknown();
    }

    @Override
    public long endedBetween(Duration from, Duration to) {
        throw unknown();
    }

    @Override
    public double concurrencyBetween(Duration from, Duration to) {
        throw unknown();
    }

    @Override
    public double waitingBetween(Duration from, Duration to) {
        throw unknown();
    }

    @Override
    public Duration recordedSince() {
        throw unknown();
    }

    private IllegalStateException unknown() {
        return new IllegalStateException("the traffic source failed: " + cause, cause);
    }
}
