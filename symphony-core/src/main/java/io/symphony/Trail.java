package io.symphony;

import io.symphony.engine.Slot;
import io.symphony.engine.WaitingRoom.Patience;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request has behind it: the replicas that it was at, and what is left of its patience once it has had to wait.
 * Most requests have nothing behind them.
 */
record Trail(Set<Slot> tried, @Nullable Patience patience) {

    static final Trail NONE = new Trail(Set.of(), null);

    boolean leadsThrough(Slot slot) {
        return tried.contains(slot);
    }

    Trail through(Slot slot) {
        Set<Slot> more = new HashSet<>(tried);
        more.add(slot);
        return new Trail(more, patience);
    }

    Trail waiting(Patience left) {
        return new Trail(tried, left);
    }
}
