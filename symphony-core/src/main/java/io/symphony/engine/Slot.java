package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.util.concurrent.atomic.AtomicLongArray;
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

    /** Where the two words stand, with nothing else near them: threads on other cores would wait for each other. */
    private static final int GATE = 16;

    private static final int ENTERED = 17;
    private static final int LONELY = 48;

    private final ReplicaId id;
    private final Endpoint endpoint;
    private final int weight;
    private final LongAdder failures = new LongAdder();

    private final AtomicLongArray words = new AtomicLongArray(LONELY);

    Slot(ReplicaId id, Endpoint endpoint, int weight) {
        this.id = id;
        this.endpoint = endpoint;
        this.weight = weight;
    }

    /** Comes in and returns the mark to leave with, or {@code 0} if the gate is shut. */
    public long enter() {
        long mark = (words.get(GATE) & ODD) == 0 ? 1 : 1L << BITS;
        long before = words.getAndAdd(GATE, mark);
        if (before < 0) {
            words.getAndAdd(GATE, -mark);
            return 0;
        }
        words.getAndIncrement(ENTERED);
        return mark;
    }

    public void leave(long mark) {
        words.getAndAdd(GATE, -mark);
    }

    void shut() {
        words.accumulateAndGet(GATE, SHUT, (now, shut) -> now | shut);
    }

    void reopen() {
        words.accumulateAndGet(GATE, ~SHUT, (now, open) -> now & open);
    }

    boolean isShut() {
        return words.get(GATE) < 0;
    }

    public int inside() {
        long now = words.get(GATE);
        return (int) ((now & COUNT) + (now >>> BITS & COUNT));
    }

    /** Starts a new generation if nobody of the former one is left; otherwise says how many are. */
    int turn() {
        long now = words.get(GATE);
        boolean odd = (now & ODD) != 0;
        long former = odd ? now & COUNT : now >>> BITS & COUNT;
        if (former == 0) {
            words.accumulateAndGet(GATE, ODD, (word, bit) -> word ^ bit);
        }
        return (int) former;
    }

    public void failed() {
        failures.increment();
    }

    public long entered() {
        return words.get(ENTERED);
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
}
