package io.symphony.engine;

import io.symphony.fleet.Ejection.Stage;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.health.HealthPolicy;
import java.time.Duration;

/**
 * How a replica holds one request more than a part of what the busiest of the others holds: a new one a part that grows
 * from nothing to all, one that misses its checks a part that shrinks to nothing. Who finds it full goes to the next one,
 * whatever the rule of choice is. Where all are of that kind, nobody is spared.
 */
final class Easing {

    private static final int CHECKS_OF_RELIEF = 4;

    private final long slowStartNanos;
    private final long reliefNanos;
    private boolean eased;

    Easing(HealthPolicy health) {
        slowStartNanos = health.slowStart().toNanos();
        reliefNanos = relief(health).toNanos();
    }

    /** How long it takes until one that misses its checks gets nothing: it may pass some meanwhile. */
    static Duration relief(HealthPolicy health) {
        return health.interval().multipliedBy(CHECKS_OF_RELIEF);
    }

    /** Gives each replica as many places as it may have now. */
    void ease(Fleet fleet, Slots slots, long now) {
        boolean any = false;
        for (Replica replica : fleet) {
            any |= serves(replica) && isPartial(replica, now);
        }
        if (any || eased) {
            spread(fleet, slots, any ? busiest(fleet, slots, now) : -1, now);
        }
        eased = any;
    }

    /** How many are inside the busiest of those that have their whole share; below zero where there is none. */
    private int busiest(Fleet fleet, Slots slots, long now) {
        int busiest = -1;
        for (Replica replica : fleet) {
            if (serves(replica) && !isPartial(replica, now)) {
                busiest = Math.max(busiest, slots.inside(replica.id()));
            }
        }
        return busiest;
    }

    private void spread(Fleet fleet, Slots slots, int busiest, long now) {
        for (Replica replica : fleet) {
            Slot slot = slots.of(replica.id());
            if (slot != null && busiest >= 0 && serves(replica) && isPartial(replica, now)) {
                slot.ease(1 + (int) (busiest * share(replica, now)));
            } else if (slot != null) {
                slot.ease(Slot.UNLIMITED);
            }
        }
    }

    /** The part of what the busiest one holds that a replica may hold, from 0 to 1. */
    double share(Replica replica, long now) {
        if (!serves(replica)) {
            return 0;
        }
        double grown = isNew(replica, now) ? (double) (now - replica.sinceNanos()) / slowStartNanos : 1;
        double kept = isEased(replica) ? 1 - (double) (now - replica.ejection().sinceNanos()) / reliefNanos : 1;
        return Math.max(0, Math.min(grown, kept));
    }

    private static boolean serves(Replica replica) {
        return replica.phase() == Phase.READY && !replica.ejection().isOut();
    }

    private boolean isPartial(Replica replica, long now) {
        return isNew(replica, now) || isEased(replica);
    }

    private boolean isNew(Replica replica, long now) {
        return now - replica.sinceNanos() < slowStartNanos;
    }

    private static boolean isEased(Replica replica) {
        return replica.ejection().stage() == Stage.EASED;
    }
}
