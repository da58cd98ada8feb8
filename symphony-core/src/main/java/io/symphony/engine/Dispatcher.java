package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.routing.RoutingPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The hot path: ticket, rotation, slot. It takes no lock and allocates the lease alone. The control side meets it in
 * {@link #publish} only.
 *
 * @param <L> the door's lease
 */
public final class Dispatcher<L> {

    /** Where the cursor stands, with nothing else near it: every request of every core writes it. */
    private static final int CURSOR = 16;

    private final AtomicLongArray lonely = new AtomicLongArray(48);
    private final Admission<L> admission;
    private final int mostInside;
    private volatile Rotation rotation = Rotation.empty();
    private volatile Rotation standing = Rotation.empty();
    private volatile boolean shut;

    public Dispatcher(Admission<L> admission) {
        this(admission, Slot.UNLIMITED);
    }

    /** One that lets so many into a replica at a time. */
    public Dispatcher(Admission<L> admission, int mostInside) {
        this.admission = admission;
        this.mostInside = mostInside;
    }

    int mostInside() {
        return mostInside;
    }

    /** The number of the next request. Every accepted request takes exactly one. */
    public long ticket() {
        return lonely.getAndIncrement(CURSOR);
    }

    /** How many tickets were taken: how many requests were accepted. */
    public long accepted() {
        return lonely.get(CURSOR);
    }

    /** A lease on the replica whose turn it is, or null if no replica serves. */
    public @Nullable L inTurn(long ticket) {
        for (Rotation now = rotation; !now.isEmpty(); ) {
            Slot slot = now.inTurn(ticket);
            long mark = slot.enter();
            if (mark != 0) {
                return admission.admitted(slot, mark);
            }
            Rotation newer = rotation;
            if (newer == now) {
                return besides(slot, now);
            }
            now = newer;
        }
        return null;
    }

    /** A lease on the replica that has this affinity key, or null if no replica serves. */
    public @Nullable L forKey(long key) {
        for (Rotation now = rotation; !now.isEmpty(); ) {
            Slot slot = now.forKey(key);
            long mark = slot.enter();
            if (mark != 0) {
                return admission.admitted(slot, mark);
            }
            Rotation newer = rotation;
            if (newer == now) {
                return besides(slot, now);
            }
            now = newer;
        }
        return null;
    }

    /** A lease on this replica, or null if it does not serve or has no place left. */
    public @Nullable L at(ReplicaId replica) {
        Slot slot = rotation.find(replica);
        long mark = slot == null ? 0 : slot.enter();
        return slot == null || mark == 0 ? null : admission.admitted(slot, mark);
    }

    /** A slot of the newest rotation that turns one away is full: whoever comes next in turn may have room. */
    private @Nullable L besides(Slot full, Rotation now) {
        return untried(now, slot -> slot == full);
    }

    /** A lease on a replica that the request has not tried, beginning with the one whose turn it is next. */
    public @Nullable L untried(Predicate<Slot> tried) {
        for (Rotation now = standing; !now.isEmpty(); now = standingAfter(now)) {
            L lease = untried(now, tried);
            if (lease != null) {
                return lease;
            }
        }
        return null;
    }

    private @Nullable L untried(Rotation now, Predicate<Slot> tried) {
        long next = lonely.get(CURSOR);
        for (int step = 0; step < now.size(); step++) {
            Slot slot = now.following(next, step);
            long mark = tried.test(slot) ? 0 : slot.enter();
            if (mark != 0) {
                return admission.admitted(slot, mark);
            }
        }
        return null;
    }

    /** The same as {@link #inTurn} for a request that has waited: one that rests is passed over. */
    public @Nullable L inTurnOfRested(long ticket, long now) {
        Rotation members = rotation;
        return members.isEmpty() ? null : rested(members, members.inTurn(ticket), now);
    }

    /** The same as {@link #forKey} for a request that has waited. */
    public @Nullable L forKeyOfRested(long key, long now) {
        Rotation members = rotation;
        return members.isEmpty() ? null : rested(members, members.forKey(key), now);
    }

    /** The same as {@link #at} for a request that has waited. */
    public @Nullable L atRested(ReplicaId replica, long now) {
        Slot slot = rotation.find(replica);
        return slot != null && slot.takesOneWhoWaits(now) ? at(replica) : null;
    }

    private @Nullable L rested(Rotation members, Slot chosen, long now) {
        long mark = chosen.takesOneWhoWaits(now) ? chosen.enter() : 0;
        return mark != 0
                ? admission.admitted(chosen, mark)
                : untried(members, slot -> slot == chosen || !slot.takesOneWhoWaits(now));
    }

    /** A lease for a request that has been inside and waits again; whichever it has tried may have become well. */
    public @Nullable L rested(long now) {
        return untried(slot -> !slot.takesOneWhoWaits(now));
    }

    /** Whether somebody may be chosen; so whoever gets nothing has come when all places were taken, or all rest. */
    public boolean admits() {
        return !rotation.isEmpty();
    }

    /** Whether requests have just failed at each that may be chosen. */
    public boolean rests() {
        return rotation.isResting();
    }

    public boolean serves() {
        return !standing.isEmpty();
    }

    /** From now on nobody is chosen. */
    public void close() {
        shut();
        standing = Rotation.empty();
    }

    /** New requests find an empty rotation. Those inside go on, and may still move to another replica. */
    public synchronized void shut() {
        shut = true;
        rotation = Rotation.empty();
    }

    public synchronized void reopen() {
        shut = false;
        rotation = standing;
    }

    /**
     * Puts the members up for choice, in their order, but for those that failing requests have put out meanwhile; true
     * if that changed anything.
     */
    synchronized boolean publish(List<Slot> members, RoutingPolicy policy) {
        if (standing.has(members)) {
            return false;
        }
        stand(standing.followedBy(members, policy, lonely.get(CURSOR)));
        return true;
    }

    /**
     * Puts a member out at once, on whichever thread has seen it fail; false if it is out already, or the only one. The
     * monitor is for those that change the membership alone: no request that goes well, or fails once too few, meets it.
     */
    boolean eject(Slot slot) {
        return mayLose(slot) && ejectNow(slot);
    }

    private synchronized boolean ejectNow(Slot slot) {
        boolean may = mayLose(slot);
        if (may) {
            stand(standing.without(slot, lonely.get(CURSOR)));
        }
        return may;
    }

    private boolean mayLose(Slot slot) {
        Rotation now = standing;
        return now.size() > 1 && now.contains(slot);
    }

    /** From the next membership on it may be a member again. */
    synchronized void reinstate(Slot slot) {
        stand(standing.pardoning(slot));
    }

    private synchronized void stand(Rotation next) {
        standing = next;
        if (!shut) {
            rotation = next;
        }
    }

    /** A slot is shut only after a rotation without it stands, so who met a shut one finds a newer rotation. */
    private Rotation standingAfter(Rotation seen) {
        Rotation now = standing;
        return now == seen ? Rotation.empty() : now;
    }
}
