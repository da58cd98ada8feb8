package io.symphony.docker;

import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is ours, does not run, and is cleared away by nobody, container or service of a swarm: what an interrupted start
 * has left, and the dead of an orchestrator that died as well. One that was seen so twice, long enough apart, is
 * removed; two looks of our own need no clock of the daemon's.
 */
final class Leftovers implements AutoCloseable {

    /** Longer than a start takes, which begins with a container that does not run. */
    static final Duration AGE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final int MOST_WAITING = 1_000;
    private static final long IDLE_SECONDS = 10;

    private final Map<String, Long> firstSeenNanos = new HashMap<>();
    private final Removal removal;
    private final Ticker ticker;
    private final ThreadPoolExecutor broom;

    Leftovers(Removal removal, Ticker ticker) {
        this.removal = removal;
        this.ticker = ticker;
        broom = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Leftovers::thread,
                new ThreadPoolExecutor.DiscardPolicy()); // what is not removed now is seen again
        broom.allowCoreThreadTimeOut(true);
    }

    /** Takes a full look at what there is of a service and does not run. */
    synchronized void saw(String service, Set<String> idle) {
        long now = ticker.nanos();
        firstSeenNanos.keySet().removeIf(key -> key.startsWith(service + "/") && !idle.contains(after(service, key)));
        for (String each : idle) {
            long since = firstSeenNanos.computeIfAbsent(service + "/" + each, any -> now);
            if (now - since >= AGE.toNanos()) {
                LOG.info("{}: removing {}, which does not run and belongs to nobody", service, each);
                remove(each);
            }
        }
    }

    /** Removes it some time soon, without making the caller wait. */
    void remove(String what) {
        broom.execute(() -> {
            try {
                removal.of(what);
            } catch (DaemonFailure e) {
                LOG.warn("{} is left: {}", what, e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        broom.shutdown();
    }

    private static String after(String service, String key) {
        return key.substring(service.length() + 1);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "symphony-docker-broom");
        thread.setDaemon(true);
        return thread;
    }

    /** How one of them is removed, by its id. */
    @FunctionalInterface
    interface Removal {
        void of(String what) throws DaemonFailure, InterruptedException;
    }
}
