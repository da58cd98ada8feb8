package io.symphony;

import io.symphony.engine.Announcer;
import io.symphony.engine.Mailbox;
import io.symphony.engine.Note;
import io.symphony.engine.State;
import io.symphony.engine.WaitingRoom;
import io.symphony.engine.WaitingRoom.Patience;
import io.symphony.fleet.ReplicaId;
import io.symphony.routing.ShedReason;
import io.symphony.spi.Event;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An orchestrator's way in: requests get a lease, wait for one, or hear why they get none. */
final class Reception {

    private final Blueprint blueprint;
    private final Desk desk;
    private final Mailbox mailbox;
    private final Announcer announcer;
    private final Supplier<State> state;
    private final WaitingRoom<Lease> waiting;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Entrance entrance = Entrance.OPEN;

    Reception(Blueprint blueprint, Desk desk, Mailbox mailbox, Announcer announcer, Supplier<State> state) {
        this.blueprint = blueprint;
        this.desk = desk;
        this.mailbox = mailbox;
        this.announcer = announcer;
        this.state = state;
        waiting = new WaitingRoom<>(blueprint.mostWaiting(), blueprint.ticker(), new Doorkeeper());
        desk.waitIn(waiting);
    }

    Lease lease() {
        Lease lease = desk.inTurn(desk.ticket());
        return lease != null ? lease : shed();
    }

    Lease leaseFor(long key) {
        desk.ticket();
        Lease lease = desk.forKey(key);
        return lease != null ? lease : shed();
    }

    Lease leaseAt(ReplicaId home) {
        Lease lease = desk.atHome(home);
        return lease != null ? lease : lease();
    }

    private Lease shed() {
        desk.traffic().shed(whyNone());
        arrived();
        throw refusal("");
    }

    private ShedReason whyNone() {
        if (closed.get()) {
            return ShedReason.CLOSED;
        }
        return desk.dispatcher().admits() ? ShedReason.BUSY : ShedReason.NO_REPLICA;
    }

    /** Where none may be, a request brings one back. */
    private void arrived() {
        if (blueprint.rules().min() == 0) {
            mailbox.arrived();
        }
    }

    Lease lease(Duration patience) throws InterruptedException {
        CompletableFuture<Lease> answer = leaseAsync(patience);
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NoReplicaAvailableException none
                    ? none
                    : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            if (!answer.cancel(false) && !answer.isCompletedExceptionally()) {
                Lease late = answer.join();
                late.abandoned();
                late.close();
            }
            throw e;
        }
    }

    CompletableFuture<Lease> leaseAsync(Duration patience) {
        long ticket = desk.ticket();
        Lease lease = waiting.size() == 0 ? desk.inTurn(ticket) : null;
        return lease != null ? CompletableFuture.completedFuture(lease) : waiting.enter(ticket, patience);
    }

    CompletableFuture<Lease> leaseAsyncFor(long key, Duration patience) {
        desk.ticket();
        Lease lease = waiting.size() == 0 ? desk.forKey(key) : null;
        return lease != null ? CompletableFuture.completedFuture(lease) : waiting.enterFor(key, patience);
    }

    CompletableFuture<Lease> leaseAsyncAt(ReplicaId home, Duration patience) {
        Lease lease = waiting.size() == 0 ? desk.atHome(home) : null;
        if (lease != null) {
            return CompletableFuture.completedFuture(lease);
        }
        long ticket = desk.ticket();
        lease = waiting.size() == 0 ? desk.inTurn(ticket) : null;
        return lease != null
                ? CompletableFuture.completedFuture(lease)
                : waiting.enter(left -> waited(desk.atHomeOrInTurnOfRested(home, ticket), left), patience);
    }

    void pause() {
        enter(Entrance.PAUSED, "new requests wait, up to " + blueprint.mostWaiting() + " of them");
        desk.dispatcher().shut();
        waiting.welcome();
    }

    void beginMaintenance() {
        enter(Entrance.MAINTENANCE, "requests are refused"); // first, so that who is refused hears why
        desk.dispatcher().shut();
        waiting.turnAway();
    }

    void resume() {
        enter(Entrance.OPEN, "requests come in");
        desk.dispatcher().reopen();
        waiting.welcome();
    }

    Entrance entrance() {
        return entrance;
    }

    private void enter(Entrance next, String meaning) {
        entrance = next;
        announcer.accept(Note.general(Event.Kind.ENTRANCE, next.name().toLowerCase(Locale.ROOT) + ": " + meaning));
    }

    /** How many wait. */
    int waiting() {
        return waiting.size();
    }

    /** Those who wait may have a replica now. */
    void welcome() {
        waiting.open();
    }

    /** Refuses all who wait and all who come; false if it did so before. */
    boolean close() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        waiting.close();
        return true;
    }

    private NoReplicaAvailableException refusal(String more) {
        return new NoReplicaAvailableException(StatusReport.whyNone(state.get(), finding(), more));
    }

    private String finding() {
        if (closed.get()) {
            return "closed";
        }
        return switch (entrance) {
            case OPEN -> whyNoneServes();
            case PAUSED -> "paused";
            case MAINTENANCE -> "under maintenance";
        };
    }

    private String whyNoneServes() {
        if (!desk.dispatcher().admits()) {
            return "no replica is ready";
        }
        return desk.dispatcher().rests()
                ? "each replica that is ready refuses or breaks connections, the last: " + desk.lastLoss()
                : "each replica has as many requests inside as it may, " + blueprint.mostInside();
    }

    private static @Nullable Lease waited(@Nullable Lease lease, Patience patience) {
        return lease == null ? null : lease.following(Trail.NONE.waiting(patience));
    }

    /** The waiting room's view of us. */
    private final class Doorkeeper implements WaitingRoom.Doorkeeper<Lease> {
        @Override
        public @Nullable Lease admit(long ticket, Patience patience) {
            return waited(desk.inTurnOfRested(ticket), patience);
        }

        @Override
        public @Nullable Lease admitFor(long key, Patience patience) {
            return waited(desk.forKeyOfRested(key), patience);
        }

        @Override
        public void arrived() {
            Reception.this.arrived();
        }

        @Override
        public boolean isHopeless() {
            return state.get().isHopeless();
        }

        @Override
        public void returned(Lease lease) {
            lease.abandoned();
            lease.close();
        }

        @Override
        public void left() {
            desk.traffic().abandoned();
        }

        @Override
        public RuntimeException refuse(ShedReason reason, String why) {
            desk.traffic().shed(reason);
            return refusal(why);
        }
    }
}
