package io.symphony;

import io.symphony.engine.Dispatcher;
import io.symphony.engine.Mailbox;
import io.symphony.engine.Referee;
import io.symphony.engine.Slot;
import io.symphony.engine.Traffic;
import io.symphony.engine.WaitingRoom;
import io.symphony.engine.WaitingRoom.Patience;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private final Ticker ticker;
    private @Nullable WaitingRoom<Lease> room;
    private volatile String lastLoss = "";

    Desk(EjectionPolicy policy, int mostInside, Mailbox mailbox, Ticker ticker) {
        this.ticker = ticker;
        dispatcher = new Dispatcher<>((slot, mark) -> new Lease(this, slot, mark), mostInside);
        referee = new Referee(policy, dispatcher, mailbox, ticker);
    }

    /** Where requests wait; said before the first of them. */
    void waitIn(WaitingRoom<Lease> waiting) {
        room = waiting;
    }

    private WaitingRoom<Lease> room() {
        return Objects.requireNonNull(room, "nobody can wait yet");
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

    /** The lease of a request with a ticket that has waited. */
    @Nullable
    Lease atHomeOrInTurnOfRested(ReplicaId home, long ticket) {
        Lease lease = dispatcher.atRested(home, ticker.nanos());
        return lease != null ? lease : inTurnOfRested(ticket);
    }

    /** As {@link #inTurn} for a request that has waited. */
    @Nullable
    Lease inTurnOfRested(long ticket) {
        return counted(() -> dispatcher.inTurnOfRested(ticket, ticker.nanos()));
    }

    /** As {@link #forKey} for a request that has waited. */
    @Nullable
    Lease forKeyOfRested(long key) {
        return counted(() -> dispatcher.forKeyOfRested(key, ticker.nanos()));
    }

    private @Nullable Lease counted(Supplier<@Nullable Lease> choice) {
        try {
            return choice.get();
        } catch (RuntimeException e) {
            traffic.failed(FailureReason.CHOICE);
            throw e;
        }
    }

    @Nullable
    Lease untried(Predicate<Slot> tried) {
        return dispatcher.untried(tried);
    }

    /** A lease, in time, for a request that was inside and goes on waiting. */
    CompletableFuture<Lease> comeBack(Trail behind, Duration patience) {
        Patience left = behind.patience() == null ? room().beginning(patience) : behind.patience();
        Trail trail = behind.waiting(left);
        return room().enterAgain(
                        still -> {
                            Lease lease = dispatcher.rested(ticker.nanos());
                            return lease == null ? null : lease.following(trail);
                        },
                        left);
    }

    /** A request has left a replica. */
    void left(Slot slot) {
        if (slot.isLimited()) {
            room().open();
        }
    }

    /** A replica answers: whoever was afraid of the contrary need not be. */
    void wake(Slot slot) {
        if (slot.isResting()) {
            slot.wake();
            room().open();
        }
    }

    /** A request failed at a replica, and is perhaps tried at another. */
    void failed(Slot slot, FailureReason reason, Throwable cause) {
        LOG.debug("{}: a request failed", slot.id(), cause);
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (reason.isOfConnection()) {
            lastLoss = slot.id() + ": " + message;
        }
        referee.failed(slot, reason, message);
    }

    /** At which replica a connection was refused or broke last, and what was said of it. */
    String lastLoss() {
        return lastLoss;
    }

    /** A replica answered with this status. */
    void answered(Slot slot, int status) {
        wake(slot);
        if (referee.counts(status)) {
            referee.failed(slot, FailureReason.STATUS, "status " + status);
        }
    }
}
