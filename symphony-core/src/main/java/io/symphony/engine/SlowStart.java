package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import java.time.Duration;

/**
 * How a new replica gets its share little by little: it may hold one request more than a part of what the busiest of the
 * others holds, and that part grows from nothing to all. Who finds it full goes to the next one, whatever the rule of
 * choice is. Where all are new, nobody is spared.
 */
final class SlowStart {

    private final long lastsNanos;
    private boolean spares;

    SlowStart(Duration lasts) {
        lastsNanos = lasts.toNanos();
    }

    /** Gives each replica as many places as its age allows. */
    void spare(Fleet fleet, Slots slots, long now) {
        if (lastsNanos == 0) {
            return;
        }
        int busiest = -1;
        boolean anyNew = false;
        for (Replica replica : fleet) {
            Slot slot = slots.of(replica.id());
            anyNew |= isNew(replica, now);
            if (slot != null && serves(replica) && !isNew(replica, now)) {
                busiest = Math.max(busiest, slot.inside());
            }
        }
        if (anyNew || spares) {
            share(fleet, slots, busiest, now);
        }
        spares = anyNew;
    }

    private void share(Fleet fleet, Slots slots, int busiest, long now) {
        for (Replica replica : fleet) {
            Slot slot = slots.of(replica.id());
            if (slot != null && isNew(replica, now) && busiest >= 0) {
                slot.ease(1 + (int) ((double) busiest * (now - replica.sinceNanos()) / lastsNanos));
            } else if (slot != null) {
                slot.ease(Slot.UNLIMITED);
            }
        }
    }

    private static boolean serves(Replica replica) {
        return replica.phase() == Phase.READY && !replica.ejection().isOut();
    }

    private boolean isNew(Replica replica, long now) {
        return replica.phase() == Phase.READY && now - replica.sinceNanos() < lastsNanos;
    }
}
