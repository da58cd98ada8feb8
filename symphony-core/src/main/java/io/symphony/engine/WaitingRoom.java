package io.symphony.engine;

import io.symphony.routing.ShedReason;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where requests wait until a replica serves: first come, first served, bounded in number, each with its own patience.
 * One that was let in and comes back, because it was lost at its replica, goes on waiting before all others.
 *
 * <p>A thread of its own lets them in and sends them away, so neither the control loop nor a request does it for others.
 *
 * @param <L> the door's lease
 */
public final class WaitingRoom<L> implements AutoCloseable {

    private static final Duration MOST_PATIENCE = Duration.ofDays(365);
    /** A replica's rest ends without a word, so while somebody waits the door is looked at so often. */
    private static final long LOOK_NANOS = Slot.REST_NANOS;

    private final int most;
    private final Ticker ticker;
    private final Doorkeeper<L> doorkeeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Guest<L>> guests = new ArrayDeque<>();
    private final Thread thread = Threads.one("waiting", this::serve);
    private volatile int waiting;
    private boolean turnsAway;
    private boolean closed;

    /** What the room asks of the door. */
    public interface Doorkeeper<L> {
        /** A lease for the request with this ticket, or null while no replica serves. Counts the request if it throws. */
        @Nullable
        L admit(long ticket, Patience patience);

        /** The same for a request that belongs to this affinity key. */
        @Nullable
        L admitFor(long key, Patience patience);

        /** Somebody has begun to wait where nobody did. */
        void arrived();

        /** Whether waiting leads to nothing. */
        boolean isHopeless();

        /** Takes back a lease that nobody was there to receive: the request had given up its place. */
        void returned(L lease);

        /** A request gave up its place. */
        void left();

        /** Counts a request that is sent away, and says what it is told. */
        RuntimeException refuse(ShedReason reason, String why);
    }

    /**
     * How long a request would wait.
     *
     * @param whole all of it, from when it began to wait for the first time
     * @param endsNanos when it is over
     */
    public record Patience(Duration whole, long endsNanos) {}

    /** What a guest asks for each time that the room may serve. Counts the request if it throws. */
    public interface Wish<L> {
        @Nullable
        L tryNow(Patience patience);
    }

    private record Guest<L>(Wish<L> wish, Patience patience, CompletableFuture<L> answer) {}

    /** On which side of those who wait already a guest stands. */
    private interface Place<L> {
        void stand(Deque<Guest<L>> guests, Guest<L> guest);
    }

    public WaitingRoom(int most, Ticker ticker, Doorkeeper<L> doorkeeper) {
        this.most = most;
        this.ticker = ticker;
        this.doorkeeper = doorkeeper;
        thread.start();
    }

    /** How many wait. Whoever finds somebody waiting has to queue up behind them. */
    public int size() {
        return waiting;
    }

    /** Waits for whichever replica's turn it is. */
    public CompletableFuture<L> enter(long ticket, Duration patience) {
        return enter(left -> doorkeeper.admit(ticket, left), beginning(patience), Deque::addLast);
    }

    /** Waits for the replica that has this affinity key when one serves. */
    public CompletableFuture<L> enterFor(long key, Duration patience) {
        return enter(left -> doorkeeper.admitFor(key, left), beginning(patience), Deque::addLast);
    }

    /** Waits until there is what it wishes for. */
    public CompletableFuture<L> enter(Wish<L> wish, Duration patience) {
        return enter(wish, beginning(patience), Deque::addLast);
    }

    /** Goes on waiting, with what is left of its patience. */
    public CompletableFuture<L> enterAgain(Wish<L> wish, Patience left) {
        return enter(wish, left, Deque::addFirst);
    }

    /** A patience that begins now. */
    public Patience beginning(Duration whole) {
        Duration bounded = whole.compareTo(MOST_PATIENCE) < 0 ? whole : MOST_PATIENCE;
        return new Patience(bounded, ticker.nanos() + bounded.toNanos());
    }

    private CompletableFuture<L> enter(Wish<L> wish, Patience patience, Place<L> place) {
        CompletableFuture<L> answer = new CompletableFuture<>();
        lock.lock();
        try {
            if (guests.size() >= most) {
                seeOff();
            }
            if (closed) {
                answer.completeExceptionally(doorkeeper.refuse(ShedReason.CLOSED, "closed"));
            } else if (turnsAway || doorkeeper.isHopeless()) {
                answer.completeExceptionally(doorkeeper.refuse(ShedReason.NO_REPLICA, ""));
            } else if (guests.size() >= most) {
                answer.completeExceptionally(doorkeeper.refuse(ShedReason.QUEUE_FULL, most + " requests wait already"));
            } else {
                place.stand(guests, new Guest<>(wish, patience, answer));
                waiting = guests.size();
                if (waiting == 1) {
                    doorkeeper.arrived();
                }
                changed.signal(); // a replica may have begun to serve between the caller's look and now
            }
        } finally {
            lock.unlock();
        }
        return answer;
    }

    /** Those who gave up their place do not take it from others. */
    private void seeOff() {
        guests.removeIf(guest -> {
            boolean gone = guest.answer().isDone();
            if (gone) {
                doorkeeper.left();
            }
            return gone;
        });
    }

    /** Replicas may serve now that did not before, or waiting for one has become hopeless. */
    public void open() {
        if (waiting == 0) {
            return;
        }
        become(() -> {});
    }

    /** Nobody waits any more, until {@link #welcome()}: whoever waits is sent away now, whoever comes at once. */
    public void turnAway() {
        become(() -> turnsAway = true);
    }

    /** One may wait again. */
    public void welcome() {
        become(() -> turnsAway = false);
    }

    private void become(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void serve() {
        List<Runnable> answers = new ArrayList<>();
        try {
            while (awaitWork(answers)) {
                answers.forEach(Runnable::run);
                answers.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answers.forEach(Runnable::run);
    }

    /** Collects answers under the lock; they are given outside of it, since what follows on them is others' code. */
    private boolean awaitWork(List<Runnable> answers) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long pause = sendAway(answers); // first, or one that is lost again and again might never be
                letIn(answers);
                waiting = guests.size();
                if (closed || !answers.isEmpty()) {
                    return !closed;
                }
                if (pause == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    changed.awaitNanos(Math.min(pause, LOOK_NANOS));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void letIn(List<Runnable> answers) {
        while (!guests.isEmpty() && !closed) {
            Guest<L> guest = guests.getFirst();
            try {
                L lease = guest.wish().tryNow(guest.patience());
                if (lease == null) {
                    return;
                }
                answers.add(() -> give(guest, lease));
            } catch (RuntimeException e) { // the rule of choice is somebody else's code
                answers.add(() -> guest.answer().completeExceptionally(e));
            }
            guests.removeFirst();
        }
    }

    private void give(Guest<L> guest, L lease) {
        if (!guest.answer().complete(lease)) {
            doorkeeper.returned(lease);
        }
    }

    /** Dismisses those whose patience is over, or who left by themselves; returns the time until the next one's is. */
    private long sendAway(List<Runnable> answers) {
        long now = ticker.nanos();
        long shortest = Long.MAX_VALUE;
        boolean turned = turnsAway || !guests.isEmpty() && doorkeeper.isHopeless();
        for (Iterator<Guest<L>> each = guests.iterator(); each.hasNext(); ) {
            Guest<L> guest = each.next();
            long left = guest.patience().endsNanos() - now;
            if (guest.answer().isDone()) {
                each.remove();
                doorkeeper.left();
            } else if (closed || turned || left <= 0) {
                each.remove();
                String why = turned
                        ? ""
                        : "waited " + Words.seconds(guest.patience().whole().toNanos());
                ShedReason reason =
                        closed ? ShedReason.CLOSED : turned ? ShedReason.NO_REPLICA : ShedReason.PATIENCE_OVER;
                answers.add(() -> refuse(guest, reason, why));
            } else {
                shortest = Math.min(shortest, left);
            }
        }
        return shortest;
    }

    /** One that gives up its place in this very moment is counted as refused: both are true. */
    private void refuse(Guest<L> guest, ShedReason reason, String why) {
        guest.answer().completeExceptionally(doorkeeper.refuse(reason, why));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
