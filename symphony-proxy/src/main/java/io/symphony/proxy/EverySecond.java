package io.symphony.proxy;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something at once and every second from then on, on a thread of its own, until it is closed. */
final class EverySecond implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EverySecond.class);

    private final Runnable task;
    private final Thread thread = new Thread(this::run, "symphony-metrics");

    EverySecond(Runnable task) {
        this.task = task;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                attempt();
                TimeUnit.SECONDS.sleep(1);
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
