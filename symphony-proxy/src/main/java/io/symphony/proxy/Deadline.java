package io.symphony.proxy;

import io.symphony.spi.Ticker;
import java.time.Duration;

/** Until when the next thing must have happened in one forwarded request, and whose turn it is. */
final class Deadline {

    private static final long NEVER = Long.MAX_VALUE;

    private final Timeouts timeouts;
    private final Ticker ticker;
    private final long origin;
    private volatile long afterNanos = NEVER;
    private volatile boolean clientsTurn;

    Deadline(Timeouts timeouts, Ticker ticker) {
        this.timeouts = timeouts;
        this.ticker = ticker;
        origin = ticker.nanos();
    }

    /** The next piece of the request's body is to come. */
    void awaitBody() {
        clientsTurn = true;
        within(timeouts.body());
    }

    /** The head of the response is to come. */
    void awaitHead() {
        clientsTurn = false;
        within(timeouts.responseHead());
    }

    /** The next piece of the response is to come, or to be taken, or the replica is to take the next of the request. */
    void awaitPiece() {
        clientsTurn = false;
        within(timeouts.stream());
    }

    void never() {
        afterNanos = NEVER;
    }

    boolean isOver() {
        long after = afterNanos;
        return after != NEVER && ticker.nanos() - origin > after;
    }

    /** Whether it is the request's body that is late. */
    boolean isClientsTurn() {
        return clientsTurn;
    }

    private void within(Duration limit) {
        afterNanos = ticker.nanos() - origin + limit.toNanos();
    }
}
