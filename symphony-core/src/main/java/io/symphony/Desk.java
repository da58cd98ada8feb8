package io.symphony;

import io.symphony.engine.Dispatcher;
import io.symphony.engine.Mailbox;
import io.symphony.engine.Referee;
import io.symphony.engine.Slot;
import io.symphony.engine.Traffic;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import io.symphony.spi.Ticker;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where requests get their leases, and where each is counted once at its end. */
final class Desk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Dispatcher<Lease> dispatcher;
    private final Traffic traffic = new Traffic();
    private final Referee referee;
    private final LongAdder ledHome = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();

    private Runnable onRoom = () -> {};

    Desk(EjectionPolicy policy, int mostInside, Mailbox mailbox, Ticker ticker) {
        dispatcher = new Dispatcher<>((slot, mark) -> new Lease(this, slot, mark), mostInside);
        referee = new Referee(policy, dispatcher, mailbox, ticker);
    }

    /** Who hears when a request has left a replica that holds a limited number; said before the first request. */
    void onRoom(Runnable listener) {
        onRoom = listener;
    }

    Dispatcher<Lease> dispatcher() {
        return dispatcher;
    }

    Traffic traffic() {
        return traffic;
    }

    long ticket() {
        return dispatcher.ticket();
    }

    /** How many have asked for a replica. */
    long asked() {
        return dispatcher.accepted() + ledHome.sum();
    }

    long accepted() {
        return asked() + turnedAway.sum();
    }

    /** Counts a request that asks for no replica. */
    void turnAway(ShedReason why) {
        turnedAway.increment(); // first, so that no end is counted without its beginning
        traffic.shed(why);
    }

    /** A rule of choice is somebody else's code: when it throws, the request has failed, and is counted. */
    @Nullable
    Lease inTurn(long ticket) {
        try {
            return dispatcher.inTurn(ticket);
        } catch (RuntimeException e) {
            traffic.failed(FailureReason.CHOICE);
            throw e;
        }
    }

    @Nullable
    Lease forKey(long key) {
        try {
            return dispatcher.forKey(key);
        } catch (RuntimeException e) {
            traffic.failed(FailureReason.CHOICE);
            throw e;
        }
    }

    /** The lease of a request without a ticket, since it takes nobody's turn. */
    @Nullable
    Lease atHome(ReplicaId home) {
        Lease lease = dispatcher.at(home);
        if (lease != null) {
            ledHome.increment();
        }
        return lease;
    }

    /** The lease of a request with a ticket. */
    @Nullable
    Lease atHomeOrInTurn(ReplicaId home, long ticket) {
        Lease lease = dispatcher.at(home);
        return lease != null ? lease : inTurn(ticket);
    }

    @Nullable
    Lease untried(Predicate<Slot> tried) {
        return dispatcher.untried(tried);
    }

    /** A request has left a replica. */
    void left(Slot slot) {
        if (slot.isLimited()) {
            onRoom.run();
        }
    }

    /** A request failed at a replica, and is perhaps tried at another. */
    void failed(Slot slot, FailureReason reason, Throwable cause) {
        LOG.debug("{}: a request failed", slot.id(), cause);
        String message = cause.getMessage();
        referee.failed(slot, reason, message == null ? cause.toString() : message);
    }

    /** A replica answered with this status. */
    void answered(Slot slot, int status) {
        if (referee.counts(status)) {
            referee.failed(slot, FailureReason.STATUS, "status " + status);
        }
    }
}
