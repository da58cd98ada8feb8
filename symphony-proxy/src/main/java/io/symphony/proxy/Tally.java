package io.symphony.proxy;

import java.util.concurrent.atomic.AtomicLong;

/** One event loop's counters. Only its loop writes them, so to count is a plain addition and an ordered write. */
final class Tally {

    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong abandoned = new AtomicLong();
    private final AtomicLong shed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong retried = new AtomicLong();
    private final AtomicLong turnedAway = new AtomicLong();
    private final Durations served = new Durations();
    private final Durations asked = new Durations();

    void accept() {
        increment(accepted);
    }

    void end(Outcome outcome) {
        switch (outcome) {
            case COMPLETED -> increment(completed);
            case ABANDONED -> increment(abandoned);
            case SHED -> increment(shed);
            case FAILED -> increment(failed);
        }
    }

    void refuse() {
        increment(refused);
    }

    void retry() {
        increment(retried);
    }

    void turnAway() {
        increment(turnedAway);
    }

    /** How long the requests of clients took. */
    Durations served() {
        return served;
    }

    /** How long the replicas took for them. */
    Durations asked() {
        return asked;
    }

    ListenerTraffic addTo(ListenerTraffic sum) {
        return new ListenerTraffic(
                sum.accepted() + accepted.get(),
                sum.completed() + completed.get(),
                sum.abandoned() + abandoned.get(),
                sum.shed() + shed.get(),
                sum.failed() + failed.get(),
                sum.refused() + refused.get(),
                sum.retried() + retried.get(),
                sum.turnedAway() + turnedAway.get());
    }

    private static void increment(AtomicLong counter) {
        counter.lazySet(counter.getPlain() + 1);
    }
}
