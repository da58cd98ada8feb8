package io.symphony.engine;

import io.symphony.spi.Mandate.Decree;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Holds starts and stops back until the shared record says what they are part of. So whoever leads next knows of each that
 * may still come about, and a leader that was passed over unawares can add nothing to it.
 */
final class Pledge implements Effects {

    private static final long NEVER = -1;

    private final Effects effects;
    private final Consumer<Fact> post;
    private final Deque<Held> held = new ArrayDeque<>();
    private final Semaphore news = new Semaphore(0);
    private Resolution latest = new Resolution(new Decree(0, 0, OptionalInt.empty(), Set.of()), 0, 0);
    private long kept = NEVER;

    private record Held(Action action, long serial) {}

    Pledge(Effects effects, Consumer<Fact> post) {
        this.effects = effects;
        this.post = post;
    }

    /** What the following actions are part of. */
    synchronized void decide(Decree decree, long term) {
        if (!decree.equals(latest.decree()) || term != latest.term()) {
            latest = new Resolution(decree, term, latest.serial() + 1);
            news.release();
        }
    }

    @Override
    public void perform(Action action) {
        if (action instanceof Action.Probe || action instanceof Action.Survey || isCovered(action)) {
            effects.perform(action);
        }
    }

    private synchronized boolean isCovered(Action action) {
        if (kept < latest.serial()) {
            held.add(new Held(action, latest.serial()));
            return false;
        }
        return true;
    }

    synchronized Resolution latest() {
        return latest;
    }

    /** The record says it. */
    synchronized void landed(long serial) {
        kept = serial;
        while (!held.isEmpty() && held.peek().serial() <= serial) {
            effects.perform(held.remove().action());
        }
    }

    /** We do not lead any more, so what is held will not be done by us. */
    synchronized void lapse() {
        kept = NEVER;
        while (!held.isEmpty()) {
            post.accept(undone(held.remove().action()));
        }
    }

    private static Fact undone(Action action) {
        String reason = "another orchestrator decides now";
        if (action instanceof Action.Start start) {
            return new Fact.StartFailed(start.id(), reason);
        }
        if (action instanceof Action.Stop stop) {
            return new Fact.StopFailed(stop.id(), reason);
        }
        throw new AssertionError("never held: " + action);
    }

    /** Waits until something new is decided, up to a time. */
    void await(long nanos) throws InterruptedException {
        if (news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
            news.drainPermits();
        }
    }
}
