package io.symphony.proxy.admin;

import io.symphony.spi.Event;
import io.symphony.spi.EventListener;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beat of the admin listener, on a thread of its own: each second a sample, and soon after each event a new look
 * at how things stand. Whoever streams is woken, and takes from here what it has not seen yet.
 */
final class Pulse implements EventListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    /** A burst of events makes one look. */
    private static final Duration SOON = Duration.ofMillis(50);

    private static final int SIGN_OF_LIFE_SECONDS = 10;

    private final Subject subject;
    private final Runnable wake;
    private final Runnable everySignOfLife;
    private final Chart chart = new Chart();
    private final Seconds seconds = new Seconds();
    private final AtomicBoolean lookDue = new AtomicBoolean();
    private final ScheduledExecutorService thread;
    private volatile Now now;
    private long beats;

    /**
     * @param wake called when there may be something new
     * @param everySignOfLife called now and then, whether or not there is
     */
    Pulse(Subject subject, Runnable wake, Runnable everySignOfLife) {
        this.subject = subject;
        this.wake = wake;
        this.everySignOfLife = everySignOfLife;
        this.thread = oneThread();
        this.now = Now.of(0, subject.status(), second());
    }

    void start() {
        beat();
        Future<?> unused = thread.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
        subject.orchestrator().listen(this);
    }

    Now now() {
        return now;
    }

    Chart chart() {
        return chart;
    }

    @Override
    public void on(Event event) {
        if (lookDue.compareAndSet(false, true)) {
            try {
                Future<?> unused = thread.schedule(this::look, SOON.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closing) {
                LOG.trace("no look any more: {}", closing.getMessage());
            }
        }
    }

    private void beat() {
        try {
            Sample second = second();
            chart.add(second);
            see(second);
            if (++beats % SIGN_OF_LIFE_SECONDS == 0) {
                everySignOfLife.run();
            }
        } catch (RuntimeException e) { // a beat that throws would be the last
            LOG.warn(
                    "The admin listener could not look at {}",
                    subject.orchestrator().name(),
                    e);
        }
    }

    private void look() {
        lookDue.set(false);
        try {
            see(now.second());
        } catch (RuntimeException e) { // it would be lost in a future that nobody asks
            LOG.warn(
                    "The admin listener could not look at {}",
                    subject.orchestrator().name(),
                    e);
        }
    }

    private void see(Sample second) {
        now = Now.of(now.number() + 1, subject.status(), second);
        wake.run();
    }

    private Sample second() {
        return seconds.sample(Instant.now(), subject.status(), subject.durations());
    }

    private static ScheduledExecutorService oneThread() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "symphony-admin");
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }

    @Override
    public void close() {
        subject.orchestrator().forget(this);
        thread.shutdownNow();
    }
}
