package io.symphony.engine;

import java.util.PriorityQueue;

/** What is to happen in virtual time, in order; equal times keep the order in which they were entered. */
final class Agenda {

    private record Entry(long nanos, long order, Runnable happening) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long entered;

    void at(long nanos, Runnable happening) {
        entries.add(new Entry(nanos, entered++, happening));
    }

    void runUntil(long nanos) {
        for (Entry next = entries.peek(); next != null && next.nanos() <= nanos; next = entries.peek()) {
            entries.remove(next);
            next.happening().run();
        }
    }
}
