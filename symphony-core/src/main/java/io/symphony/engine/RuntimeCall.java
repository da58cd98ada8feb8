package io.symphony.engine;

import io.symphony.spi.RuntimeFailure;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call to the runtime that posts exactly one fact: its own, or the excuse when it failed or took too long. */
final class RuntimeCall implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeCall.class);

    private final Body body;
    private final Excuse excuse;
    private final Consumer<Fact> post;
    private final AtomicBoolean posted = new AtomicBoolean();
    private volatile boolean begun;
    private volatile @Nullable Future<?> future;

    RuntimeCall(Body body, Excuse excuse, Consumer<Fact> post) {
        this.body = body;
        this.excuse = excuse;
        this.post = post;
    }

    /** Says what to interrupt when the time is over. */
    void runsIn(Future<?> running) {
        future = running;
    }

    @Override
    public void run() {
        begun = true;
        try {
            postOnce(body.call());
        } catch (RuntimeFailure e) {
            LOG.debug("A call to the runtime failed", e);
            postOnce(excuse.because(e.getMessage()));
        } catch (InterruptedException e) {
            postOnce(excuse.because("interrupted"));
        } catch (RuntimeException e) {
            LOG.warn("A call to the runtime failed in an unexpected way", e);
            postOnce(excuse.because(e.toString()));
        }
    }

    void expire(Duration limit) {
        String found = begun ? "no answer from the runtime" : "the runtime was too busy to begin";
        if (postOnce(excuse.because(found + " within " + Learning.seconds(limit.toNanos())))) {
            Future<?> running = future;
            if (running != null) {
                running.cancel(true);
            }
        }
    }

    private boolean postOnce(Fact fact) {
        if (posted.compareAndSet(false, true)) {
            post.accept(fact);
            return true;
        }
        return false;
    }

    /** What to do. */
    @FunctionalInterface
    interface Body {
        Fact call() throws RuntimeFailure, InterruptedException;
    }

    /** The fact to post when it did not work. */
    @FunctionalInterface
    interface Excuse {
        Fact because(String reason);
    }
}
