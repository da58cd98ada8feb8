package io.symphony.engine;

import io.symphony.spi.RuntimeFailure;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call to the runtime that posts exactly one fact: its own, or the excuse when it failed or took too long. */
final class RuntimeCall implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RuntimeCall.class);

    private final Duration limit;
    private final Body body;
    private final Excuse excuse;
    private final Consumer<Fact> post;
    private final AtomicBoolean posted = new AtomicBoolean();
    private final AtomicReference<@Nullable Future<?>> alarm = new AtomicReference<>();
    private volatile boolean begun;

    RuntimeCall(Duration limit, Body body, Excuse excuse, Consumer<Fact> post) {
        this.limit = limit;
        this.body = body;
        this.excuse = excuse;
        this.post = post;
    }

    /** Says what to call off once the fact is posted. */
    void expiresBy(Future<?> timer) {
        alarm.set(timer);
        if (posted.get()) {
            timer.cancel(false);
        }
    }

    @Override
    public void run() {
        begun = true;
        try {
            postOnce(body.call());
        } catch (RuntimeFailure e) {
            LOG.debug("A call to the runtime failed", e);
            postOnce(excuse.because(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            postOnce(excuse.because("interrupted"));
        } catch (RuntimeException | Error e) {
            LOG.warn("A call to the runtime failed in an unexpected way", e);
            postOnce(excuse.because(e.toString()));
        }
    }

    /** The time is over: the excuse is posted, and whatever runs is interrupted. */
    void expire(Future<?> running) {
        String found = begun ? "no answer from the runtime" : "the runtime was too busy to begin";
        if (postOnce(excuse.because(found + " within " + Words.seconds(limit.toNanos())))) {
            running.cancel(true);
        }
    }

    private boolean postOnce(Fact fact) {
        if (!posted.compareAndSet(false, true)) {
            return false;
        }
        Future<?> timer = alarm.get();
        if (timer != null) {
            timer.cancel(false);
        }
        post.accept(fact);
        return true;
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
