package io.symphony.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** Who leaves in which tick. Unsorted within a tick, for nobody looks in between; so it costs a request next to nothing. */
final class Departures {

    /** More ticks than a request can be inside: the longest patience, and thirty times the longest mean service. */
    private final List<List<Visit>> ring = new ArrayList<>();

    private final long tickNanos;
    private long tick;

    Departures(long tickNanos, long mostNanos) {
        this.tickNanos = tickNanos;
        for (long i = 0; i <= mostNanos / tickNanos + 1; i++) {
            ring.add(new ArrayList<>());
        }
    }

    /** One who stays longer than anybody may leaves at the last moment that there is. */
    void add(Visit visit, long nanos) {
        long due = Math.max(tick + 1, -Math.floorDiv(-nanos, tickNanos));
        placeOf(Math.min(due, tick + ring.size() - 1)).add(visit);
    }

    /** Those that leave in the next tick; the list is good until the one after it. */
    List<Visit> next() {
        placeOf(tick).clear();
        return placeOf(++tick);
    }

    private List<Visit> placeOf(long ofTick) {
        return ring.get((int) (ofTick % ring.size()));
    }
}
