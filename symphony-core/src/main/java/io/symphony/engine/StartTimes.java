package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long replicas take from the order to start them until they serve: an average in which the last ones weigh most. */
final class StartTimes {

    private static final double NEWEST = 0.25;

    private final Map<ReplicaId, Long> pending = new HashMap<>();
    private double averageNanos;

    /** Takes in what was ordered, and what became of what was ordered before. */
    void follow(Fleet fleet, List<Action> ordered, long now) {
        for (Iterator<Map.Entry<ReplicaId, Long>> each = pending.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<ReplicaId, Long> start = each.next();
            Phase phase = fleet.find(start.getKey()).map(Replica::phase).orElse(Phase.STOPPING);
            if (phase == Phase.READY) {
                took(now - start.getValue());
            }
            if (phase != Phase.STARTING && phase != Phase.WARMING) {
                each.remove();
            }
        }
        for (Action action : ordered) {
            if (action instanceof Action.Start start) {
                pending.put(start.id(), now);
            }
        }
    }

    private void took(long nanos) {
        averageNanos = averageNanos == 0 ? nanos : averageNanos + NEWEST * (nanos - averageNanos);
    }

    Optional<Duration> average() {
        return averageNanos == 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) averageNanos));
    }
}
