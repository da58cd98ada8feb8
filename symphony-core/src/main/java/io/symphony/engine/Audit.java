package io.symphony.engine;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Looks for requests that nobody knows of: accepted, not ended, not inside a replica, and not waiting for one.
 *
 * <p>Requests go on while we count. What was accepted is read first and what has ended last, so one look finds at most
 * what is missing; and a thread that was stopped between two of its counts is not missing. Only what every look of a
 * second has found is.
 */
public final class Audit {

    private static final long SPACING = Duration.ofMillis(100).toNanos();
    private static final int LOOKS = 10;

    private final LongSupplier accepted;
    private final Traffic traffic;
    private final IntSupplier waiting;
    private final long[] found = new long[LOOKS];
    private int next;
    private long lookedNanos;
    private volatile long unaccounted;

    public Audit(LongSupplier accepted, Traffic traffic, IntSupplier waiting, long now) {
        this.accepted = accepted;
        this.traffic = traffic;
        this.waiting = waiting;
        this.lookedNanos = now;
    }

    /** Looks once, unless it has just looked. */
    void look(IntSupplier inside, long now) {
        if (now - lookedNanos < SPACING) {
            return;
        }
        lookedNanos = now;
        long begun = accepted.getAsLong();
        long held = (long) inside.getAsInt() + waiting.getAsInt();
        found[next] = Math.max(0, begun - held - traffic.ended());
        next = (next + 1) % LOOKS;
        unaccounted = least();
    }

    private long least() {
        long least = Long.MAX_VALUE;
        for (long each : found) {
            least = Math.min(least, each);
        }
        return least;
    }

    /** How many requests were missing for a whole second: 0, unless something is wrong with us. */
    public long unaccounted() {
        return unaccounted;
    }
}
