package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.routing.Candidates;
import io.symphony.routing.RoutingPolicy;
import java.util.List;

/**
 * Who may be chosen, and by which rule. Immutable: a change of membership is a new one, so requests never see half of
 * a change and never have to skip a dead member.
 */
final class Rotation implements Candidates {

    private final Slot[] slots;
    private final RoutingPolicy policy;
    private final long offset;

    private Rotation(Slot[] slots, RoutingPolicy policy, long offset) {
        this.slots = slots;
        this.offset = offset;
        this.policy = slots.length == 0 ? policy : policy.over(this);
    }

    static Rotation empty() {
        return new Rotation(new Slot[0], RoutingPolicy.roundRobin(), 0);
    }

    /**
     * The rotation that follows this one at a ticket. Its offset makes the turn go on with the member whose turn it
     * was, or, where that one left, with the one after it.
     */
    Rotation followedBy(List<Slot> members, RoutingPolicy rule, long ticket) {
        Slot[] next = members.toArray(new Slot[0]);
        return new Rotation(
                next, rule, next.length == 0 ? 0 : successor(next, ticket) - Math.floorMod(ticket, next.length));
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

    boolean has(List<Slot> members) {
        if (members.size() != slots.length) {
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

    /** The one so many steps after the one whose turn it is, in the order of the members. */
    Slot following(long ticket, int steps) {
        return slots[Math.floorMod(ticket + offset + steps, slots.length)];
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
