package io.symphony;

import io.symphony.engine.Slot;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    private final Orchestrator owner;
    private final Slot slot;
    private @Nullable Lease former;
    private Outcome outcome = Outcome.COMPLETED;

    @SuppressWarnings("unused") // through MARK
    private volatile long mark;

    /** How the request ended. */
    enum Outcome {
        COMPLETED,
        FAILED,
        ABANDONED
    }

    Lease(Orchestrator owner, Slot slot, long mark) {
        this.owner = owner;
        this.slot = slot;
        MARK.set(this, mark); // plain: whoever gets the lease gets it safely
    }

    public ReplicaId replica() {
        return slot.id();
    }

    public Endpoint endpoint() {
        return slot.endpoint();
    }

    /** The request failed at the replica. Counts against it; the lease is still to be closed. */
    public void failed(Throwable cause) {
        requireOpen();
        outcome = Outcome.FAILED;
        slot.failed();
        owner.failed(slot.id(), cause);
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
        Lease next = owner.untried(this::tried);
        if (next == null) {
            return Optional.empty();
        }
        next.former = this;
        slot.leave(take());
        return Optional.of(next);
    }

    @Override
    public void close() {
        slot.leave(take());
        owner.ended(outcome);
    }

    private boolean tried(Slot candidate) {
        for (Lease each = this; each != null; each = each.former) {
            if (each.slot == candidate) {
                return true;
            }
        }
        return false;
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
