package io.symphony.proxy;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one event loop: a ring of slots, one a tick. To put a deadline off is a write to one field; the entry
 * is moved when its old slot comes up. So a request, which moves its connections' deadlines several times, costs next
 * to nothing here.
 */
final class Wheel {

    static final long TICK_NANOS = 20_000_000;

    private static final int SLOTS = 1_024;

    private final @Nullable Timed[] slots = new @Nullable Timed[SLOTS];
    private final BitSet occupied = new BitSet(SLOTS);
    private final long origin;
    private long tick;

    Wheel(long now) {
        origin = now;
    }

    /** Sets when this will be late, or {@link Timed#NEVER}. */
    void set(Timed timed, long deadline) {
        timed.deadline(deadline);
        if (deadline == Timed.NEVER) {
            return;
        }
        long wanted = Math.max(tickOf(deadline), tick + 1);
        if (wanted < timed.tick) {
            remove(timed);
            insert(timed, wanted);
        }
    }

    /** Forgets it. */
    void remove(Timed timed) {
        if (timed.tick == Timed.NEVER) {
            return;
        }
        int slot = slot(timed.tick);
        if (timed.before == null) {
            slots[slot] = timed.after;
        } else {
            timed.before.after = timed.after;
        }
        if (timed.after != null) {
            timed.after.before = timed.before;
        }
        timed.before = null;
        timed.after = null;
        timed.tick = Timed.NEVER;
        occupied.set(slot, slots[slot] != null);
    }

    /** Tells everything that is late by now. */
    void advance(long now) {
        long until = (now - origin) / TICK_NANOS;
        while (tick < until) {
            int next = occupied.nextSetBit(slot(tick + 1));
            long step = next < 0 ? SLOTS - slot(tick + 1) : next - slot(tick + 1) + 1;
            tick = Math.min(until, tick + step);
            if (next >= 0 && slot(tick) == next) {
                empty(next, now);
            }
        }
    }

    /** How long nothing can be late from now on, in milliseconds, at least 1; 0 when nothing ever can. */
    long idleMillis(long now) {
        if (occupied.isEmpty()) {
            return 0;
        }
        int from = slot(tick + 1);
        int next = occupied.nextSetBit(from);
        long ticks = next >= 0 ? next - from + 1 : SLOTS - from + occupied.nextSetBit(0) + 1;
        long nanos = origin + (tick + ticks) * TICK_NANOS - now;
        return Math.max(1, nanos / 1_000_000 + 1);
    }

    private void empty(int slot, long now) {
        Timed timed = slots[slot];
        while (timed != null) {
            remove(timed);
            if (timed.deadline() <= now) {
                timed.deadline(Timed.NEVER);
                timed.late();
            } else {
                set(timed, timed.deadline());
            }
            // Nothing is ever inserted a whole turn ahead, so this slot only empties.
            timed = slots[slot];
        }
    }

    private void insert(Timed timed, long wanted) {
        timed.tick = Math.min(wanted, tick + SLOTS - 1);
        int slot = slot(timed.tick);
        Timed first = slots[slot];
        timed.after = first;
        if (first != null) {
            first.before = timed;
        }
        slots[slot] = timed;
        occupied.set(slot);
    }

    private long tickOf(long deadline) {
        return (deadline - origin) / TICK_NANOS + 1;
    }

    private static int slot(long tick) {
        return (int) (tick & (SLOTS - 1));
    }
}
