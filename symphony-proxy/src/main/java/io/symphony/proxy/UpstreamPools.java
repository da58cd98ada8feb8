package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.util.HashMap;
import java.util.Map;

/** One event loop's connections to all replicas. */
final class UpstreamPools {

    private final Loop loop;
    private final Map<ReplicaId, UpstreamPool> pools = new HashMap<>();

    UpstreamPools(Loop loop) {
        this.loop = loop;
    }

    /** The pool of a replica at its present address. */
    UpstreamPool of(ReplicaId replica, Endpoint endpoint) {
        UpstreamPool pool = pools.get(replica);
        if (pool != null && pool.isAt(endpoint)) {
            return pool;
        }
        if (pool != null) {
            pool.close();
        }
        UpstreamPool made = new UpstreamPool(loop, endpoint);
        pools.put(replica, made);
        return made;
    }

    void left(ReplicaId replica) {
        UpstreamPool pool = pools.remove(replica);
        if (pool != null) {
            pool.close();
        }
    }

    void close() {
        pools.values().forEach(UpstreamPool::close);
        pools.clear();
    }
}
