package io.symphony.engine;

import io.symphony.spi.Event.Kind;
import io.symphony.spi.RotationListener;
import io.symphony.spi.RotationListener.Member;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener to the rotation and the thread that tells it: the newest only, and again where that failed. */
final class Follower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long LEAVE_MILLIS = 5_000;

    private final RotationListener listener;
    private final Consumer<Note> notes;
    private final BlockingQueue<Turn> newest = new ArrayBlockingQueue<>(1);
    private final AtomicLong settled = new AtomicLong();
    private final Thread thread;
    private long restNanos;

    /** A rotation and its number. */
    record Turn(long number, List<Member> members) {}

    Follower(String job, RotationListener listener, Consumer<Note> notes) {
        this.listener = listener;
        this.notes = notes;
        this.restNanos = listener.pace().toNanos();
        this.thread = Threads.one(job, this::run);
        thread.start();
    }

    /** Called by the control thread alone, so there is room for it once what nobody took is gone. */
    void tell(Turn turn) {
        newest.clear();
        newest.add(turn);
    }

    /** Up to which rotation, counted from one, nobody but its members has anything under way. */
    long settled() {
        return settled.get();
    }

    private void run() {
        Turn failed = null;
        int failures = 0;
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(restNanos);
                Turn turn = next(failed, Backoff.pauseAfter(failures));
                failed = told(turn, failures) ? null : turn;
                failures = failed == null ? 0 : failures + 1;
            }
        } catch (InterruptedException e) {
            LOG.trace("{}: closing", listener); // nothing else interrupts us
        }
    }

    /** What is new, or else, after a pause, what failed. */
    private Turn next(@Nullable Turn failed, long pauseNanos) throws InterruptedException {
        if (failed == null) {
            return newest.take();
        }
        Turn newer = newest.poll(pauseNanos, TimeUnit.NANOSECONDS);
        return newer == null ? failed : newer;
    }

    private boolean told(Turn turn, int failures) throws InterruptedException {
        try {
            CompletionStage<?> done = Objects.requireNonNull(listener.changed(turn.members()), "it returned null");
            done.whenComplete((nothing, problem) -> settle(turn, problem));
            restNanos = listener.pace().toNanos();
            return true;
        } catch (RuntimeException | Error e) { // others' code, and nobody would take this thread's place
            String again = Words.seconds(Backoff.pauseAfter(failures + 1));
            trouble("does not follow the rotation: " + reason(e) + "; again in " + again);
            return false;
        }
    }

    private void settle(Turn turn, @Nullable Throwable problem) {
        if (problem == null) {
            settled.accumulateAndGet(turn.number(), Math::max);
        } else {
            trouble("does not say when it lets go of those who left: " + reason(problem));
        }
    }

    private void trouble(String text) {
        notes.accept(Note.general(Kind.TROUBLE, listener + " " + text));
    }

    private static String reason(Throwable problem) {
        String message = problem.getMessage();
        return message == null ? problem.toString() : message;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(LEAVE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
