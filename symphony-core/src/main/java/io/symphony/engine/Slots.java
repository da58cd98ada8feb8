package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The slots of the replicas that serve or did: where the control side's picture becomes the request path's. */
final class Slots {

    private final Map<ReplicaId, Slot> slots = new ConcurrentHashMap<>();
    private @Nullable Fleet published;

    /**
     * Makes the request path follow the fleet: first the new rotation stands, then the gates of those that are not in it
     * are shut. So who finds a gate shut finds a newer rotation too.
     */
    boolean follow(Fleet fleet, Dispatcher<?> dispatcher, RoutingPolicy policy) {
        if (fleet == published) {
            return false;
        }
        published = fleet;
        boolean changed = dispatcher.publish(members(fleet), policy);
        slots.values().removeIf(slot -> {
            Phase phase = fleet.find(slot.id()).map(Replica::phase).orElse(null);
            if (phase == null || phase.leaving()) {
                slot.shut();
            }
            return phase == null;
        });
        return changed;
    }

    /** Those that are ready. If there are none: those that fail their checks but answer, since some requests may work. */
    private List<Slot> members(Fleet fleet) {
        List<Slot> members = new ArrayList<>(fleet.count(Phase.READY));
        boolean lastResort = fleet.count(Phase.READY) == 0;
        for (int i = 0; i < fleet.size(); i++) {
            Replica replica = fleet.at(i);
            if (replica.phase() == Phase.READY
                    || lastResort
                            && replica.phase() == Phase.SUSPECT
                            && replica.checks().answered()) {
                members.add(slotOf(replica));
            }
        }
        return members;
    }

    /** A replica that moved to another address gets a new slot; those inside the old one leave it in their time. */
    private Slot slotOf(Replica replica) {
        Slot slot = slots.get(replica.id());
        if (slot == null || !slot.endpoint().equals(replica.address())) {
            if (slot != null) {
                slot.shut();
            }
            slot = new Slot(replica.id(), Objects.requireNonNull(replica.address()), replica.weight());
            slots.put(replica.id(), slot);
        }
        return slot;
    }

    /** A fact for each leaving replica that nobody is inside of any more. */
    void drained(Fleet fleet, Collection<Fact> facts) {
        if (fleet.count(Phase.DRAINING) == 0) {
            return;
        }
        for (Replica replica : fleet) {
            if (replica.phase() == Phase.DRAINING && isEmpty(replica.id())) {
                facts.add(new Fact.Drained(replica.id()));
            }
        }
    }

    private boolean isEmpty(ReplicaId id) {
        Slot slot = slots.get(id);
        return slot == null || slot.isShut() && slot.inside() == 0;
    }

    int inside(ReplicaId id) {
        Slot slot = slots.get(id);
        return slot == null ? 0 : slot.inside();
    }

    int inside() {
        int sum = 0;
        for (Slot slot : slots.values()) {
            sum += slot.inside();
        }
        return sum;
    }

    @Nullable
    Slot of(ReplicaId id) {
        return slots.get(id);
    }

    Collection<Slot> all() {
        return slots.values();
    }
}
