package io.symphony.examples;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.EventListener;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The replicas that were started in this run, as opposed to those that it took over. */
final class Newcomers implements EventListener {
    private final Set<ReplicaId> ids = ConcurrentHashMap.newKeySet();

    @Override
    public void on(Event event) {
        if (event.kind() == Kind.STARTING) {
            event.replica().ifPresent(ids::add);
        } else if (event.kind() == Kind.GONE) {
            event.replica().ifPresent(ids::remove);
        }
    }

    boolean include(ReplicaId id) {
        return ids.contains(id);
    }
}
