package io.symphony.examples.load;

import java.util.concurrent.atomic.AtomicLong;

/** Hands the requests of a run out to its loops, each of them once. */
final class Tickets {
    private final Schedule schedule;
    private final long startNanos;
    private final long lengthNanos;
    private final AtomicLong next = new AtomicLong();

    Tickets(Schedule schedule, long startNanos, long lengthNanos) {
        this.schedule = schedule;
        this.startNanos = startNanos;
        this.lengthNanos = lengthNanos;
    }

    /** When the next request is due, in the clock's own time, or {@link Schedule#NEVER}: there is none. */
    long take() {
        long due = schedule.dueNanos(next.getAndIncrement());
        return due < lengthNanos ? startNanos + due : Schedule.NEVER;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - startNanos >= lengthNanos;
    }

    boolean isOpenLoop() {
        return schedule.isOpenLoop();
    }

    /** How many requests were due until the end beyond those that were dealt with. */
    long unsent(long dealtWith, long endNanos) {
        if (!isOpenLoop()) {
            return 0;
        }
        long due = dealtWith;
        long until = Math.min(endNanos - startNanos, lengthNanos);
        while (schedule.dueNanos(due) < until) {
            due++;
        }
        return due - dealtWith;
    }
}
