package io.symphony.docker;

import io.symphony.fleet.ReplicaId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What we do to services of a swarm ourselves, so that a watch does not tell it as news. */
final class SwarmOrders {

    private final Set<ReplicaId> starting = ConcurrentHashMap.newKeySet();
    private final Recent<String> ended = new Recent<>();

    /** What becomes of this replica, its start says, until {@link #started}. */
    void starts(ReplicaId id) {
        starting.add(id);
    }

    void started(ReplicaId id) {
        starting.remove(id);
    }

    /** This service's end is no news from now on. */
    void ends(String service) {
        ended.add(service);
    }

    boolean explain(String service, ReplicaId id) {
        return starting.contains(id) || ended.contains(service);
    }
}
