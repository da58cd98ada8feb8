package io.symphony.engine;

import io.symphony.fleet.Ejection.Stage;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The slots of the replicas that serve or did: where the control side's picture becomes the request path's. */
final class Slots {

    private volatile Table table = new Table(Fleet.empty(), new Slot[0]);

    /** The slots of a fleet, each where its replica stands. Never changed, so whoever reports may read it. */
    private static final class Table {
        private final Fleet fleet;
        private final @Nullable Slot[] slots;

        Table(Fleet fleet, @Nullable Slot[] slots) {
            this.fleet = fleet;
            this.slots = slots;
        }
    }

    private List<Slot> rotation = List.of();
    private final List<Slot> departed = new ArrayList<>();
    private final Set<Slot> out = new HashSet<>();

    /**
     * Makes the request path follow the fleet: first the new rotation stands, then the gates of those that are not in it
     * are shut. So who finds a gate shut finds a newer rotation too.
     *
     * @return whether the rotation changed
     */
    @SuppressWarnings("ReferenceEquality") // an unchanged fleet is the same object
    boolean follow(Fleet fleet, Dispatcher<?> dispatcher, RoutingPolicy policy) {
        if (fleet == table.fleet) {
            return false;
        }
        List<Slot> toShut = new ArrayList<>();
        @Nullable Slot[] next = slotsOf(fleet, toShut, dispatcher.mostInside());
        reinstate(fleet, dispatcher);
        List<Slot> members = members(fleet, next);
        putOnTrial(fleet, next);
        boolean changed = dispatcher.publish(members, policy);
        rotation = members;
        toShut.forEach(Slot::shut);
        table = new Table(fleet, next);
        return changed;
    }

    /** The slots in the fleet's order. Both fleets are sorted by number, so one walk along both finds who stayed. */
    private @Nullable Slot[] slotsOf(Fleet fleet, List<Slot> toShut, int most) {
        Fleet published = table.fleet;
        @Nullable Slot[] slots = table.slots;
        @Nullable Slot[] next = new Slot[fleet.size()];
        int former = 0;
        for (int i = 0; i < next.length; i++) {
            while (former < slots.length && published.numberAt(former) < fleet.numberAt(i)) {
                forget(slots[former++], toShut);
            }
            boolean stayed = former < slots.length && published.numberAt(former) == fleet.numberAt(i);
            if (stayed) {
                reopenIfTakenBack(published.at(former), fleet.at(i), slots[former]);
            }
            next[i] = slotOf(fleet.at(i), stayed ? slots[former++] : null, toShut, most);
        }
        while (former < slots.length) {
            forget(slots[former++], toShut);
        }
        return next;
    }

    /** Its gate opens before a rotation leads to it, or who came by the new rotation would find no newer one. */
    private static void reopenIfTakenBack(Replica before, Replica after, @Nullable Slot slot) {
        if (slot != null && before.phase() == Phase.DRAINING && after.phase() == Phase.READY) {
            slot.reopen();
        }
    }

    private void forget(@Nullable Slot slot, List<Slot> toShut) {
        if (slot != null) {
            toShut.add(slot);
            departed.add(slot);
        }
    }

    /** A replica that moved to another address gets a new slot; those inside the old one leave it in their time. */
    private @Nullable Slot slotOf(Replica replica, @Nullable Slot slot, List<Slot> toShut, int most) {
        if (slot != null && replica.phase().leaving()) {
            toShut.add(slot);
        }
        if (replica.phase() != Phase.READY || slot != null && slot.endpoint().equals(replica.address())) {
            return slot;
        }
        forget(slot, toShut);
        return new Slot(replica.id(), Objects.requireNonNull(replica.address()), replica.weight(), most);
    }

    /** Those whose time out of the rotation is over begin anew, with no failure against them. */
    private void reinstate(Fleet fleet, Dispatcher<?> dispatcher) {
        out.removeIf(slot -> {
            boolean stays = fleet.find(slot.id())
                    .filter(each -> each.ejection().isOut())
                    .isPresent();
            if (!stays) {
                slot.pardon();
                dispatcher.reinstate(slot);
            }
            return !stays;
        });
    }

    private static void putOnTrial(Fleet fleet, @Nullable Slot[] slots) {
        for (int i = 0; i < slots.length; i++) {
            Slot slot = slots[i];
            if (slot == null) {
                continue;
            }
            if (fleet.at(i).ejection().stage() == Stage.ON_TRIAL) {
                slot.tryOut();
            } else {
                slot.trust();
            }
        }
    }

    /** Those that serve; where failing requests have put out all of them, all: one of them may work again. */
    private List<Slot> members(Fleet fleet, @Nullable Slot[] slots) {
        List<Slot> members =
                members(fleet, slots, replica -> !replica.ejection().isOut());
        return members.isEmpty() ? members(fleet, slots, replica -> true) : members;
    }

    /** Those that are ready; in a lame fleet those that limp, too. */
    private List<Slot> members(Fleet fleet, @Nullable Slot[] slots, Predicate<Replica> wanted) {
        boolean lame = fleet.isLame();
        List<Slot> members = new ArrayList<>(fleet.count(Phase.READY));
        for (int i = 0; i < slots.length; i++) {
            Replica replica = fleet.at(i);
            Slot slot = slots[i];
            boolean serves = replica.phase() == Phase.READY || lame && replica.limps();
            if (slot != null && replica.ejection().isOut()) {
                out.add(slot);
            }
            if (slot != null && serves && wanted.test(replica)) {
                members.add(slot);
            }
        }
        return members;
    }

    /** Those that may be chosen now. */
    List<Slot> rotation() {
        return rotation;
    }

    /** A fact for each leaving replica that nobody is inside of any more, and nobody outside sends to. */
    void drained(Collection<Fact> facts, Predicate<ReplicaId> isHeld) {
        Fleet fleet = table.fleet;
        if (fleet.count(Phase.DRAINING) == 0) {
            return;
        }
        for (int i = 0; i < table.slots.length; i++) {
            Replica replica = fleet.at(i);
            if (replica.phase() == Phase.DRAINING && isEmpty(table.slots[i]) && !isHeld.test(replica.id())) {
                facts.add(new Fact.Drained(replica.id()));
            }
        }
    }

    private static boolean isEmpty(@Nullable Slot slot) {
        return slot == null || slot.inside() == 0;
    }

    int inside(ReplicaId id) {
        Slot slot = of(id);
        return slot == null ? 0 : slot.inside();
    }

    int inside() {
        int sum = 0;
        for (Slot slot : table.slots) {
            sum += slot == null ? 0 : slot.inside();
        }
        return sum;
    }

    /** How many are inside, those too who are still inside one that is gone for us. */
    int held() {
        departed.removeIf(slot -> slot.inside() == 0);
        int sum = inside();
        for (Slot slot : departed) {
            sum += slot.inside();
        }
        return sum;
    }

    @Nullable
    Slot of(ReplicaId id) {
        Table now = table;
        OptionalInt index = now.fleet.indexOf(id);
        return index.isPresent() ? now.slots[index.getAsInt()] : null;
    }

    Stream<Slot> all() {
        return Arrays.stream(table.slots).filter(Objects::nonNull);
    }
}
