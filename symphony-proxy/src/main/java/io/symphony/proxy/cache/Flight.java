package io.symphony.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One request's way to a replica, which others for the same resource wait for, for a while, instead of going, too. */
final class Flight {

    /** Whoever comes when so many wait goes by itself. */
    private static final int MOST_WAITING = 4_096;

    private final Instant deadline;
    private final CompletableFuture<Void> landed = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Flight(Instant deadline) {
        this.deadline = deadline;
    }

    /** Whether nobody is to wait for it any more. */
    boolean isOver(Instant now) {
        return landed.isDone() || !now.isBefore(deadline);
    }

    boolean hasRoom() {
        return waiting.incrementAndGet() <= MOST_WAITING;
    }

    /** Completes when it has landed, or has taken too long. */
    CompletableFuture<Void> landing(Instant now) {
        long left = Duration.between(now, deadline).toNanos();
        return landed.copy().completeOnTimeout(null, left, TimeUnit.NANOSECONDS);
    }

    void land() {
        landed.complete(null);
    }
}
