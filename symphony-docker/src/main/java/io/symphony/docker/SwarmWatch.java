package io.symphony.docker;

import io.symphony.docker.Placed.Life;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Death;
import io.symphony.spi.ContainerRuntime.Watch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks twice a second which replicas of a service have ended without our order, and tells each once: Swarm has no
 * events of tasks. What changes while no manager answers is found when one does again.
 */
final class SwarmWatch implements Watch {

    private static final Logger LOG = LoggerFactory.getLogger(SwarmWatch.class);
    private static final long PAUSE_MILLIS = 500;

    private final Map<String, ReplicaId> running = new HashMap<>();
    private final Recent<String> told = new Recent<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private final String service;
    private final Consumer<Death> listener;
    private final Services services;
    private final SwarmOrders orders;
    private final Output output;

    SwarmWatch(String service, Consumer<Death> listener, Services services, SwarmOrders orders, Output output) {
        this.service = service;
        this.listener = listener;
        this.services = services;
        this.orders = orders;
        this.output = output;
        thread = new Thread(this::look, "symphony-swarm-watch");
        thread.setDaemon(true);
    }

    SwarmWatch begin() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void look() {
        int failures = 0;
        try {
            while (closed.getCount() > 0) {
                failures = lookOnce() ? 0 : failures + 1;
                closed.await(failures == 0 ? PAUSE_MILLIS : EventFeed.pauseMillis(failures), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.trace("closed", e);
        }
    }

    private boolean lookOnce() throws InterruptedException {
        try {
            compare(services.of(service));
            return true;
        } catch (DaemonFailure e) {
            LOG.info("{}: cannot see what runs: {}", service, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: cannot see what runs", service, e);
        }
        return false;
    }

    private void compare(List<Placed> found) throws InterruptedException {
        Map<String, Placed> now = found.stream().collect(Collectors.toMap(Placed::service, each -> each));
        for (Map.Entry<String, ReplicaId> each : Map.copyOf(running).entrySet()) {
            if (!now.containsKey(each.getKey())) {
                ended(each.getKey(), each.getValue(), Optional.empty());
            }
        }
        for (Placed each : found) {
            switch (each.life()) {
                case COMING -> {}
                case RUNNING -> running.put(each.service(), each.id());
                case LEAVING, OVER -> ended(each.service(), each.id(), Optional.of(each));
            }
        }
    }

    private void ended(String incarnation, ReplicaId id, Optional<Placed> found) throws InterruptedException {
        running.remove(incarnation);
        if (!orders.explain(incarnation, id) && told.add(incarnation)) {
            listener.accept(new Death(
                    id, found.isPresent() ? reason(found.get()) : "its service was removed by somebody else"));
        }
    }

    /** Only what ended by itself has last words that are worth a wait: a node that is down answers nothing. */
    private String reason(Placed ended) throws InterruptedException {
        boolean byItself = ended.life() == Life.OVER && !ended.nodeIsDown() && ended.hasBegun();
        return ended.ending() + (byItself ? Obituary.quoting(output.lastLinesOfService(ended.service())) : "");
    }
}
