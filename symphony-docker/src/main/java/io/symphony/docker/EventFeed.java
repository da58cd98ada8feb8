package io.symphony.docker;

import com.github.dockerjava.api.command.EventsCmd;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon's events about our containers, for as long as we live: it connects again whenever the stream breaks, and
 * then looks for what it has missed, because the daemon replays nothing that can be relied on. It looks now and then
 * anyway, for a connection can die without a word.
 */
final class EventFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final long SHORTEST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final String[] ACTIONS = {
        "start", "kill", "die", "destroy", "oom", "pause", "unpause", "health_status"
    };

    private final CountDownLatch connected = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "symphony-docker-events");
    private final Daemon daemon;
    private final Deaths deaths;
    private final Duration lookEvery;
    private final String[] labels;

    /** @param labels those of the containers that matter; none where all do */
    EventFeed(Daemon daemon, Deaths deaths, Duration lookEvery, List<String> labels) {
        this.labels = labels.toArray(String[]::new);
        this.daemon = daemon;
        this.deaths = deaths;
        this.lookEvery = lookEvery;
        thread.setDaemon(true);
    }

    /** Begins at the first call; the others do nothing. */
    synchronized void begin() {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
    }

    /** Waits until events come in for the first time. False when that took too long; it goes on trying then. */
    boolean awaitConnected(Duration limit) throws InterruptedException {
        return connected.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    private void follow() {
        int failures = 0;
        try {
            while (closed.getCount() > 0) {
                failures = followOnce() ? 0 : failures + 1;
                closed.await(pauseMillis(failures), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            LOG.trace("closed", e);
        }
    }

    /** True when events came in for a while. */
    private boolean followOnce() throws InterruptedException {
        try (Pieces<Event> events = new Pieces<>(deaths::happened)) {
            subscribe(events);
            if (!events.awaitStarted(daemon.limit())) {
                return false;
            }
            deaths.look();
            connected.countDown();
            LOG.debug("connected to the events");
            lookNowAndThen(events);
            return true;
        } catch (DaemonFailure e) {
            LOG.info("no events from the Docker Engine: {}", e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("no events from the Docker Engine", e);
            return false;
        }
    }

    private void subscribe(Pieces<Event> events) throws DaemonFailure, InterruptedException {
        daemon.converse("watch events", daemon.limit(), speaking -> {
            speaking.control().pingCmd().exec(); // finds out here whether the version still suits
            EventsCmd command = speaking.streams()
                    .eventsCmd()
                    .withEventTypeFilter(EventType.CONTAINER)
                    .withEventFilter(ACTIONS);
            return (labels.length == 0 ? command : command.withLabelFilter(labels)).exec(events);
        });
    }

    private void lookNowAndThen(Pieces<Event> events) throws DaemonFailure, InterruptedException {
        while (!events.awaitEnd(lookEvery)) {
            int missed = deaths.look();
            if (missed > 0) {
                LOG.info("the stream of events did not tell of {} deaths; connecting again", missed);
                return;
            }
        }
        LOG.info(
                "the stream of events broke: {}",
                events.problem().map(Throwable::toString).orElse("it ended"));
    }

    /** Half of it by chance, so that many orchestrators do not come back to a daemon at the same moment. */
    static long pauseMillis(int failures) {
        long most = Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(failures, 10));
        return most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1);
    }
}
