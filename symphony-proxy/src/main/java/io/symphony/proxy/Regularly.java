package io.symphony.proxy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something at once and again after each pause, on a thread of its own, until it is closed. */
final class Regularly implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Regularly.class);

    private final Duration pause;
    private final Runnable task;
    private final Thread thread = new Thread(this::run, "symphony-metrics");

    Regularly(Duration pause, Runnable task) {
        this.pause = pause;
        this.task = task;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                attempt();
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            }
        } catch (InterruptedException e) {
            LOG.trace("closing", e); // nothing else interrupts us
        }
    }

    private void attempt() {
        try {
            task.run();
        } catch (RuntimeException e) { // nobody would take this thread's place
            LOG.warn("counts could not be asked for", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
