package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * The hot-path half of a replica: a gate that counts who is inside and can be shut.
 *
 * <p>One word holds it all: the shut bit, and two counts of those inside. New ones enter under the count of the current
 * generation; {@link #turn()} starts a new generation once the former one is empty. So a count that stays means that
 * somebody who came before the last turn has not left yet, and no request had to be stamped with the time.
 *
 * <p>Entering adds first and looks afterwards: under contention an addition always succeeds where a compare-and-set
 * would have to try again. Who finds the gate shut takes itself out again, so the count of a shut gate may show a
 * visitor for an instant, but never lets one stay.
 */
public final class Slot {

    private static final long SHUT = Long.MIN_VALUE;
    private static final long ODD = 1L << 62;
    private static final int BITS = 31;
    private static final long COUNT = (1L << BITS) - 1;
    private static final VarHandle GATE = handle("gate");
    private static final VarHandle ENTERED = handle("entered");

    private final ReplicaId id;
    private final Endpoint endpoint;
    private final int weight;
    private final LongAdder failures = new LongAdder();

    @SuppressWarnings("unused") // through GATE
    private volatile long gate;

    @SuppressWarnings("unused") // through ENTERED
    private volatile long entered;

    Slot(ReplicaId id, Endpoint endpoint, int weight) {
        this.id = id;
        this.endpoint = endpoint;
        this.weight = weight;
    }

    /** Comes in and returns the mark to leave with, or {@code 0} if the gate is shut. */
    public long enter() {
        long mark = (gate & ODD) == 0 ? 1 : 1L << BITS;
        long before = (long) GATE.getAndAdd(this, mark);
        if (before < 0) {
            GATE.getAndAdd(this, -mark);
            return 0;
        }
        ENTERED.getAndAdd(this, 1L);
        return mark;
    }

    public void leave(long mark) {
        GATE.getAndAdd(this, -mark);
    }

    void shut() {
        GATE.getAndBitwiseOr(this, SHUT);
    }

    void reopen() {
        GATE.getAndBitwiseAnd(this, ~SHUT);
    }

    boolean isShut() {
        return gate < 0;
    }

    public int inside() {
        long now = gate;
        return (int) ((now & COUNT) + (now >>> BITS & COUNT));
    }

    /** Starts a new generation if nobody of the former one is left; otherwise says how many are. */
    int turn() {
        long now = gate;
        boolean odd = (now & ODD) != 0;
        long former = odd ? now & COUNT : now >>> BITS & COUNT;
        if (former == 0) {
            GATE.getAndBitwiseXor(this, ODD);
        }
        return (int) former;
    }

    public void failed() {
        failures.increment();
    }

    public long entered() {
        return entered;
    }

    public long failures() {
        return failures.sum();
    }

    public ReplicaId id() {
        return id;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    int weight() {
        return weight;
    }

    private static VarHandle handle(String field) {
        try {
            return MethodHandles.lookup().findVarHandle(Slot.class, field, long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
