package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.routing.Candidates;
import io.symphony.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may be chosen, and by which rule. Immutable: a change of membership is a new one, so requests never see half of
 * a change and never have to skip a dead member.
 */
final class Rotation implements Candidates {

    private final Slot[] slots;
    private final RoutingPolicy rule;
    private final RoutingPolicy policy;
    private final long offset;
    /** Those that failing requests have put out since the control side last said who serves. */
    private final Set<Slot> ejected;

    private Rotation(Slot[] slots, RoutingPolicy rule, long offset, Set<Slot> ejected) {
        this.slots = slots;
        this.offset = offset;
        this.rule = rule;
        this.policy = slots.length == 0 ? rule : rule.over(this);
        this.ejected = ejected;
    }

    static Rotation empty() {
        return new Rotation(new Slot[0], RoutingPolicy.roundRobin(), 0, Set.of());
    }

    /**
     * The rotation that follows this one at a ticket. Its offset makes the turn go on with the member whose turn it
     * was, or, where that one left, with the one after it.
     */
    Rotation followedBy(List<Slot> members, RoutingPolicy next, long ticket) {
        Set<Slot> out = new HashSet<>(ejected);
        out.retainAll(members);
        if (out.size() == members.size()) {
            out.clear(); // some answers are better than none
        }
        return of(without(members, out), next, ticket, Set.copyOf(out));
    }

    /** The rotation without a member that has failed too often. */
    Rotation without(Slot failing, long ticket) {
        Set<Slot> out = new HashSet<>(ejected);
        out.add(failing);
        return of(without(List.of(slots), Set.of(failing)), rule, ticket, Set.copyOf(out));
    }

    /** The same rotation, ready to take back one that had failed too often. */
    Rotation pardoning(Slot slot) {
        Set<Slot> out = new HashSet<>(ejected);
        return out.remove(slot) ? new Rotation(slots, rule, offset, Set.copyOf(out)) : this;
    }

    private Rotation of(List<Slot> members, RoutingPolicy next, long ticket, Set<Slot> out) {
        Slot[] chosen = members.toArray(new Slot[0]);
        long turned = chosen.length == 0 ? 0 : successor(chosen, ticket) - Math.floorMod(ticket, chosen.length);
        return new Rotation(chosen, next, turned, out);
    }

    private static List<Slot> without(List<Slot> members, Set<Slot> out) {
        if (out.isEmpty()) {
            return members;
        }
        List<Slot> left = new ArrayList<>(members);
        left.removeAll(out);
        return left;
    }

    private int successor(Slot[] next, long ticket) {
        for (int step = 0; step < slots.length; step++) {
            Slot due = following(ticket, step);
            for (int i = 0; i < next.length; i++) {
                if (next[i] == due) {
                    return i;
                }
            }
        }
        return 0;
    }

    boolean contains(Slot slot) {
        for (Slot each : slots) {
            if (each == slot) {
                return true;
            }
        }
        return false;
    }

    /** Whether these are the members, and nobody was put out. */
    boolean has(List<Slot> members) {
        if (members.size() != slots.length || !ejected.isEmpty()) {
            return false;
        }
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != members.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** The one whose turn it is. The offset keeps the cursor's place and does not touch affinity. */
    Slot inTurn(long ticket) {
        return slots[policy.choose(this, ticket + offset)];
    }

    Slot forKey(long key) {
        return slots[policy.choose(this, key)];
    }

    /** This member, or null where it is none. */
    @Nullable
    Slot find(ReplicaId member) {
        for (Slot slot : slots) {
            if (slot.id().equals(member)) {
                return slot;
            }
        }
        return null;
    }

    /** The one so many steps after the one whose turn it is, in the order of the members. */
    Slot following(long ticket, int steps) {
        return slots[Math.floorMod(ticket + offset + steps, slots.length)];
    }

    boolean isResting() {
        for (Slot each : slots) {
            if (!each.isResting()) {
                return false;
            }
        }
        return slots.length > 0;
    }

    boolean isEmpty() {
        return slots.length == 0;
    }

    @Override
    public int size() {
        return slots.length;
    }

    @Override
    public ReplicaId id(int index) {
        return slots[index].id();
    }

    @Override
    public int weight(int index) {
        return slots[index].weight();
    }

    @Override
    public int inFlight(int index) {
        return slots[index].inside();
    }
}
