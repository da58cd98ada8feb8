package io.symphony.docker;

import com.github.dockerjava.api.model.Container;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Sighting;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A replica's container as it was found. */
record Found(String container, ReplicaId id, String version, boolean running, Optional<Endpoint> endpoint) {

    /** A paused one has not ended: the health checks say what to think of it. */
    private static final Set<String> RUNNING = Set.of("running", "paused", "restarting");

    /** None where it does not bear our mark, whatever the daemon's filters say. */
    static Optional<Found> of(Container listed, Reach reach) {
        Map<String, String> labels = listed.getLabels() == null ? Map.of() : listed.getLabels();
        return Labels.replica(labels).map(id -> of(listed, id, labels.getOrDefault(Labels.VERSION, ""), reach));
    }

    static Found of(Container listed, ReplicaId id, String version, Reach reach) {
        boolean running = RUNNING.contains(String.valueOf(listed.getState()));
        return new Found(listed.getId(), id, version, running, reach.endpoint(listed));
    }

    /** None where it does not run, or has no address that we could reach. */
    Optional<Sighting> sighting() {
        return endpoint.filter(any -> running).map(address -> new Sighting(id, address, version));
    }
}
