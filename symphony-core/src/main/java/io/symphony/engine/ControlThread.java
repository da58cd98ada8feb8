package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ticks the loop: at once when a fact arrives, and ten times a second anyway; more often while replicas come or go. */
public final class ControlThread implements AutoCloseable {

    private static final long PERIOD = Duration.ofMillis(100).toNanos();
    private static final long BUSY_PERIOD = Duration.ofMillis(20).toNanos();

    private final ControlLoop loop;
    private final Mailbox mailbox;
    private final Ticker ticker;
    private final Thread thread;
    private volatile boolean stopped;

    public ControlThread(ControlLoop loop, Mailbox mailbox, Ticker ticker) {
        this.loop = loop;
        this.mailbox = mailbox;
        this.ticker = ticker;
        this.thread = Threads.one("control", this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        List<Fact> facts = new ArrayList<>();
        long due = ticker.nanos();
        while (!stopped && !loop.state().ended()) {
            try {
                mailbox.await(facts, Math.max(0, due - ticker.nanos()));
                long now = ticker.nanos();
                due = now + period();
                loop.tick(facts, now);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) { // others' code is called in a tick, and nobody would take our place
                loop.failed(e);
            }
            facts.clear();
        }
    }

    private long period() {
        Fleet fleet = loop.state().fleet();
        return fleet.count(Phase.WARMING) + fleet.count(Phase.DRAINING) > 0 ? BUSY_PERIOD : PERIOD;
    }

    /** Waits until the loop has ended by itself, which it does once an ordered end is complete. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        thread.join(Math.max(1, limit.toMillis()));
        return !thread.isAlive();
    }

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
