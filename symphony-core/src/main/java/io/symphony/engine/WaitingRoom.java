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
 * A thread of its own lets them in and sends them away, so neither the control loop nor a request does it for others.
 *
 * @param <L> the door's lease
 */
public final class WaitingRoom<L> implements AutoCloseable {

    private static final Duration MOST_PATIENCE = Duration.ofDays(365);

    private final int most;
    private final Ticker ticker;
    private final Doorkeeper<L> doorkeeper;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Guest<L>> guests = new ArrayDeque<>();
    private final Thread thread = Threads.one("waiting", this::serve);
    private volatile int waiting;
    private boolean mayServe;
    private boolean turnsAway;
    private boolean closed;

    /** What the room asks of the door. */
    public interface Doorkeeper<L> {
        /** A lease for the request with this ticket, or null while no replica serves. Counts the request if it throws. */
        @Nullable
        L admit(long ticket);

        /** The same for a request that belongs to this affinity key. */
        @Nullable
        L admitFor(long key);

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

    /** What a guest asks for each time that the room may serve. Counts the request if it throws. */
    public interface Wish<L> {
        @Nullable
        L tryNow();
    }

    private record Guest<L>(Wish<L> wish, long deadline, Duration patience, CompletableFuture<L> answer) {}

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
        return enter(() -> doorkeeper.admit(ticket), patience);
    }

    /** Waits for the replica that has this affinity key when one serves. */
    public CompletableFuture<L> enterFor(long key, Duration patience) {
        return enter(() -> doorkeeper.admitFor(key), patience);
    }

    /** Waits until there is what it wishes for. */
    public CompletableFuture<L> enter(Wish<L> wish, Duration patience) {
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
                Duration bounded = patience.compareTo(MOST_PATIENCE) < 0 ? patience : MOST_PATIENCE;
                guests.addLast(new Guest<>(wish, ticker.nanos() + bounded.toNanos(), bounded, answer));
                waiting = guests.size();
                if (waiting == 1) {
                    doorkeeper.arrived();
                }
                mayServe = true; // a replica may have begun to serve between the caller's look and now
                changed.signal();
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
        lock.lock();
        try {
            mayServe = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
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
            mayServe = true;
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
                letIn(answers);
                long pause = sendAway(answers);
                waiting = guests.size();
                if (closed || !answers.isEmpty()) {
                    return !closed;
                }
                if (pause == Long.MAX_VALUE) {
                    changed.await();
                } else {
                    changed.awaitNanos(pause);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void letIn(List<Runnable> answers) {
        while (mayServe && !guests.isEmpty() && !closed) {
            Guest<L> guest = guests.getFirst();
            try {
                L lease = guest.wish().tryNow();
                if (lease == null) {
                    mayServe = false;
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
            long left = guest.deadline() - now;
            if (guest.answer().isDone()) {
                each.remove();
                doorkeeper.left();
            } else if (closed || turned || left <= 0) {
                each.remove();
                String why =
                        turned ? "" : "waited " + Words.seconds(guest.patience().toNanos());
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
