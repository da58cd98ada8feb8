package io.symphony.docker;

import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers of ours that do not run and that nobody clears away: what an interrupted start has left, and the dead of
 * an orchestrator that died as well. One that was seen so twice, long enough apart, is removed; two looks of our own
 * need no clock of the daemon's.
 */
final class Leftovers implements AutoCloseable {

    /** Longer than a start takes, which begins with a container that does not run. */
    static final Duration AGE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final int MOST_WAITING = 1_000;
    private static final long IDLE_SECONDS = 10;

    private final Map<String, Long> firstSeenNanos = new HashMap<>();
    private final Containers containers;
    private final Ticker ticker;
    private final ThreadPoolExecutor broom;

    Leftovers(Containers containers, Ticker ticker) {
        this.containers = containers;
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

    /** Takes a full look at a service's containers. */
    synchronized void saw(String service, Collection<Found> found) {
        long now = ticker.nanos();
        Set<String> idle = found.stream()
                .filter(each -> !each.running())
                .map(Found::container)
                .collect(Collectors.toSet());
        firstSeenNanos.keySet().removeIf(key -> key.startsWith(service + "/") && !idle.contains(after(service, key)));
        for (String container : idle) {
            long since = firstSeenNanos.computeIfAbsent(service + "/" + container, any -> now);
            if (now - since >= AGE.toNanos()) {
                LOG.info("{}: removing container {}, which does not run and belongs to nobody", service, container);
                remove(container);
            }
        }
    }

    /** Removes a container some time soon, without making the caller wait. */
    void remove(String container) {
        broom.execute(() -> {
            try {
                containers.remove(container);
            } catch (DaemonFailure e) {
                LOG.warn("container {} is left: {}", container, e.getMessage());
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
}
