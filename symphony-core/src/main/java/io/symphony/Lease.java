package io.symphony;

import io.symphony.engine.Slot;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One request's hold on a replica. While it is open the replica is not taken away before its drain is over; closing it
 * says that the request has ended, well unless something else was said before.
 *
 * <pre>{@code
 * try (Lease lease = acts.lease()) {
 *     call(lease.endpoint());
 * }
 * }</pre>
 *
 * <p>A lease belongs to one request. It is closed exactly once; a second time is an error, because it would let a
 * replica seem idle that is not.
 */
public final class Lease implements AutoCloseable {

    private static final long CLOSED = 0;
    private static final VarHandle MARK = mark();

    private final Desk desk;
    private final Slot slot;
    private Trail trail = Trail.NONE;
    private Outcome outcome = Outcome.COMPLETED;
    private FailureReason failure = FailureReason.OTHER;

    @SuppressWarnings("unused") // through MARK
    private volatile long mark;

    /** How the request ended. */
    private enum Outcome {
        COMPLETED,
        FAILED,
        ABANDONED,
        REFUSED
    }

    Lease(Desk desk, Slot slot, long mark) {
        this.desk = desk;
        this.slot = slot;
        MARK.set(this, mark); // plain: whoever gets the lease gets it safely
    }

    public ReplicaId replica() {
        return slot.id();
    }

    public Endpoint endpoint() {
        return slot.endpoint();
    }

    /**
     * The request failed at the replica. Counts against it, and may put it out of the rotation at once; the lease is
     * still to be closed.
     */
    public void failed(Throwable cause) {
        failed(FailureReason.of(cause), cause);
    }

    /** As {@link #failed(Throwable)}, where the reason is known better than the cause tells. */
    public void failed(FailureReason reason, Throwable cause) {
        requireOpen();
        outcome = Outcome.FAILED;
        failure = reason;
        desk.failed(slot, reason, cause);
    }

    /** The request failed, and that says nothing about the replica: an idle connection was stale, say. */
    public void lost(FailureReason reason) {
        requireOpen();
        if (outcome != Outcome.FAILED) {
            outcome = Outcome.FAILED;
            failure = reason;
        }
    }

    /**
     * The replica has answered with this status. Where it is one of those that count as failures, it counts against
     * the replica; the request has been served all the same.
     */
    public void answered(int status) {
        requireOpen();
        desk.answered(slot, status);
    }

    /**
     * The replica answered, with an error of its own such as 500. The request is completed, and the replica is not
     * blamed; but a new version that errs more often than the former one is taken out again.
     */
    public void erred() {
        requireOpen();
        slot.erred();
    }

    /** The request was given up by whoever sent it, which says nothing about the replica. */
    public void abandoned() {
        requireOpen();
        outcome = Outcome.ABANDONED;
    }

    /** The request itself broke a rule or a limit and was turned away, which says nothing about the replica. */
    public void refused() {
        requireOpen();
        outcome = Outcome.REFUSED;
    }

    /**
     * Whether the replica answered nothing a while ago, and this request finds out whether it still hangs. One that may
     * not be repeated had better go to {@link #another()}.
     */
    public boolean isOnTrial() {
        return slot.isOnTrial();
    }

    /**
     * Another replica for the same request, one that it has not tried. This lease is closed by it, and the request goes
     * on being counted as one. Empty when every serving replica was tried; then this lease stays as it is, still to be
     * closed.
     *
     * <pre>{@code
     * lease.failed(refused);
     * Lease next = lease.another().orElseThrow();
     * }</pre>
     */
    public Optional<Lease> another() {
        requireOpen();
        Lease next = desk.untried(this::tried);
        if (next == null) {
            return Optional.empty();
        }
        next.trail = trail.through(slot);
        moveOut();
        return Optional.of(next);
    }

    /**
     * Another replica for the same request, waiting for one if need be: for one that it has not tried, or for one that it
     * has once that works again. It waits before all others, and its patience counts from when it had to wait for the
     * first time. This lease is closed by it in any case, and the request goes on being counted as one.
     *
     * <p>The stage is completed as that of {@link Orchestrator#leaseAsync}.
     *
     * <pre>{@code
     * lease.failed(refused);
     * lease.anotherAsync(Duration.ofSeconds(5)).thenAccept(this::callAgain);
     * }</pre>
     */
    public CompletionStage<Lease> anotherAsync(Duration patience) {
        requireOpen();
        CompletableFuture<Lease> answer = desk.comeBack(trail.through(slot), patience);
        moveOut();
        return answer;
    }

    private void moveOut() {
        slot.leaveUnanswered(take());
        desk.left(slot);
    }

    /** The same lease for a request that has something behind it. */
    Lease following(Trail behind) {
        trail = behind;
        return this;
    }

    @Override
    public void close() {
        long held = take();
        switch (outcome) {
            case COMPLETED -> {
                desk.traffic().completed();
                slot.leave(held);
                desk.wake(slot);
            }
            case FAILED -> {
                desk.traffic().failed(failure);
                slot.leaveUnanswered(held);
            }
            case ABANDONED -> {
                desk.traffic().abandoned();
                slot.leaveUnanswered(held);
            }
            case REFUSED -> {
                desk.traffic().shed(ShedReason.REFUSED);
                slot.leaveUnanswered(held);
            }
        }
        desk.left(slot);
    }

    private boolean tried(Slot candidate) {
        return candidate == slot || trail.leadsThrough(candidate);
    }

    private long take() {
        long held = (long) MARK.getAndSet(this, CLOSED);
        if (held == CLOSED) {
            throw new IllegalStateException(closedTwice());
        }
        return held;
    }

    private void requireOpen() {
        if (mark == CLOSED) {
            throw new IllegalStateException("Lease on " + slot.id() + " is closed already.");
        }
    }

    private String closedTwice() {
        return "Lease on " + slot.id() + " closed twice. Did two threads share it?";
    }

    @Override
    public String toString() {
        return "Lease on " + slot.id() + " at " + slot.endpoint() + (mark == CLOSED ? ", closed" : "");
    }

    private static VarHandle mark() {
        try {
            return MethodHandles.lookup().findVarHandle(Lease.class, "mark", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
