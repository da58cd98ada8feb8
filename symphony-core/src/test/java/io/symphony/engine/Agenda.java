package io.symphony.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What is to happen in virtual time, in order; equal times keep the order in which they were entered. What lies far
 * ahead rests unsorted in the page of its time, so a day full of appointments does not slow down the next minute.
 */
final class Agenda {

    private static final long PAGE = Duration.ofMillis(100).toNanos();

    private record Entry(long nanos, long order, Runnable happening) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(order, other.order);
        }
    }

    private final Map<Long, List<Entry>> pages = new HashMap<>();
    private final PriorityQueue<Entry> open = new PriorityQueue<>();
    private long openPage;
    private long entered;

    void at(long nanos, Runnable happening) {
        Entry entry = new Entry(nanos, entered++, happening);
        long page = nanos / PAGE;
        if (page <= openPage) {
            open.add(entry);
        } else {
            pages.computeIfAbsent(page, each -> new ArrayList<>()).add(entry);
        }
    }

    void runUntil(long nanos) {
        runOpen(nanos);
        while (openPage < nanos / PAGE) {
            List<Entry> page = pages.remove(++openPage);
            if (page != null) {
                open.addAll(page);
            }
            runOpen(nanos);
        }
    }

    private void runOpen(long nanos) {
        for (Entry next = open.peek(); next != null && next.nanos() <= nanos; next = open.peek()) {
            open.remove();
            next.happening().run();
        }
    }
}
