package io.symphony.proxy;

import org.jspecify.annotations.Nullable;

/** Something that may be too late, one thing at a time. It is its own entry in the {@link Wheel}. */
abstract class Timed {

    static final long NEVER = Long.MAX_VALUE;

    private long deadline = NEVER;

    /** The wheel's own: the tick that this stands at, and its neighbours there. */
    long tick = NEVER;

    @Nullable
    Timed before;

    @Nullable
    Timed after;

    final long deadline() {
        return deadline;
    }

    final void deadline(long nanos) {
        deadline = nanos;
    }

    /** Is called once when the deadline has passed; there is none from then on. */
    abstract void late();
}
