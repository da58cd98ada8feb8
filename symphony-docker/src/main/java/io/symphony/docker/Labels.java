package io.symphony.docker;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mark that makes a container ours, and that alone: without it we touch nothing. */
final class Labels {

    static final String SERVICE = "io.symphony.service";
    static final String REPLICA = "io.symphony.replica";
    static final String VERSION = "io.symphony.version";
    static final String SCHEMA = "io.symphony.schema";

    /** What these labels mean may change one day; containers of another schema are not ours to judge. */
    private static final String OUR_SCHEMA = "1";

    private static final String PREFIX = "symphony-";

    private Labels() {}

    static Map<String, String> of(ReplicaId id, ServiceSpec spec) {
        return Map.of(SERVICE, id.service(), REPLICA, id.toString(), VERSION, spec.version(), SCHEMA, OUR_SCHEMA);
    }

    /** The name of a replica's container. The daemon gives it once, so nobody starts the same replica at the same time. */
    static String containerName(ReplicaId id) {
        return PREFIX + id;
    }

    /** Filters for all containers of ours. */
    static List<String> ours() {
        return List.of(SERVICE, REPLICA, SCHEMA + "=" + OUR_SCHEMA);
    }

    static List<String> of(String service) {
        return List.of(SERVICE + "=" + service, REPLICA, SCHEMA + "=" + OUR_SCHEMA);
    }

    static List<String> of(ReplicaId id) {
        return List.of(SERVICE + "=" + id.service(), REPLICA + "=" + id, SCHEMA + "=" + OUR_SCHEMA);
    }

    /** As {@link #of(String)}, for the services of a swarm. */
    static Map<String, String> filter(String service) {
        return Map.of(SERVICE, service, SCHEMA, OUR_SCHEMA);
    }

    static Map<String, String> filter(ReplicaId id) {
        return Map.of(SERVICE, id.service(), REPLICA, id.toString(), SCHEMA, OUR_SCHEMA);
    }

    /** Whether an orchestrator has started this container, whichever it was and whatever its schema. */
    static boolean isAnybodysReplica(@Nullable Map<String, String> labels) {
        return labels != null && labels.containsKey(SERVICE);
    }

    /** The replica that these labels name; none where they are not ours, or do not agree. */
    static Optional<ReplicaId> replica(Map<String, String> labels) {
        String replica = labels.get(REPLICA);
        if (replica == null || !OUR_SCHEMA.equals(labels.get(SCHEMA))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReplicaId.parse(replica))
                    .filter(id -> id.service().equals(labels.get(SERVICE)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
