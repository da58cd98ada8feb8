package io.symphony.rehearsal;

import io.symphony.engine.Slot;

/** A request inside a replica, in place of the door's lease. */
final class Visit {

    private final Slot slot;
    private final long mark;
    private boolean served = true;

    Visit(Slot slot, long mark) {
        this.slot = slot;
        this.mark = mark;
    }

    long replicaNumber() {
        return slot.id().number();
    }

    /** Its client will not wait for the end. */
    void givesUp() {
        served = false;
    }

    /** It leaves, and whether it was served. */
    boolean leave() {
        slot.leave(mark);
        return served;
    }
}
