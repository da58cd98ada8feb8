package io.symphony.process;

import io.symphony.fleet.ReplicaId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What replicas wrote before they ended by themselves: kept, for the latest ones, when their files are deleted. */
final class LastWords {

    private static final int LIMIT = 100;

    private final Map<ReplicaId, String> latest = new LinkedHashMap<>();

    synchronized void keep(ReplicaId id, String output) {
        latest.remove(id);
        latest.put(id, output);
        if (latest.size() > LIMIT) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    synchronized String of(ReplicaId id) {
        return latest.getOrDefault(id, "");
    }

    synchronized void forget(ReplicaId id) {
        latest.remove(id);
    }
}
