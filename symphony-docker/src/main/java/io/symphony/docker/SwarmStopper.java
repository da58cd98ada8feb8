package io.symphony.docker;

import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.Optional;

/**
 * The end of a replica on a swarm: its task is asked to end, then its service is removed. Who insists is Swarm, after
 * the grace that the task was started with; no manager can make it sooner.
 */
final class SwarmStopper {

    private final Services services;
    private final SwarmOrders orders;

    SwarmStopper(Services services, SwarmOrders orders) {
        this.services = services;
        this.orders = orders;
    }

    /** Also ends what an interrupted start has left. One on a node that is down is not waited for. */
    void stop(ReplicaId id, Duration grace) throws DaemonFailure, InterruptedException {
        Optional<Placed> found = services.of(id);
        if (found.isEmpty()) {
            return;
        }
        String service = found.get().service();
        orders.ends(service);
        if (found.get().runs() && grace.compareTo(Duration.ZERO) > 0) {
            services.shut(service);
            Patience.whileTrue(() -> services.of(id).filter(Placed::runs).isPresent(), grace);
        }
        services.remove(service);
    }
}
