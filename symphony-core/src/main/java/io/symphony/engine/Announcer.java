package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.Decision;
import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.EventListener;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dates what the planner has to say, keeps the last of it, logs it, and tells whoever listens, on a thread of its own.
 * When listeners are too slow events are dropped for them and counted; the history and the log have them all.
 */
public final class Announcer implements Consumer<Note>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.symphony.events");
    private static final int REMEMBERED = 500;
    private static final int QUEUED = 10_000;
    private static final long LAST_WORDS_MILLIS = 2_000;

    private final String service;
    private final Clock clock;
    private final Secrets secrets;
    private final Deque<Event> history = new ArrayDeque<>();
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Event> queue = new ArrayBlockingQueue<>(QUEUED);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLongArray decisions = new AtomicLongArray(Decision.values().length);
    private final Thread thread = Threads.one("events", this::deliver);
    private volatile boolean closed;
    private long said;

    public Announcer(ServiceSpec spec, Clock clock) {
        this.service = spec.name();
        this.clock = clock;
        this.secrets = Secrets.of(spec.env().values());
        thread.start();
    }

    public void listen(EventListener listener) {
        listeners.add(listener);
    }

    public void forget(EventListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void accept(Note note) {
        if (note.decision() != null) {
            decisions.incrementAndGet(note.decision().ordinal());
        }
        Event event = remembered(note);
        log(event);
        if (!queue.offer(event)) {
            dropped.incrementAndGet();
        }
    }

    /** Numbered and put in the history in one step, so that whoever reads the history misses no number. */
    private Event remembered(Note note) {
        Optional<ReplicaId> replica = Optional.ofNullable(note.replica());
        synchronized (history) {
            Event event = new Event(++said, clock.instant(), note.kind(), replica, secrets.masked(note.text()));
            if (history.size() == REMEMBERED) {
                history.removeFirst();
            }
            history.addLast(event);
            return event;
        }
    }

    /** How often each decision was made. */
    public Map<Decision, Long> decisions() {
        Map<Decision, Long> counts = new EnumMap<>(Decision.class);
        for (Decision each : Decision.values()) {
            counts.put(each, decisions.get(each.ordinal()));
        }
        return Collections.unmodifiableMap(counts);
    }

    /** The last events, the oldest first. */
    public List<Event> history() {
        synchronized (history) {
            return List.copyOf(history);
        }
    }

    private void log(Event event) {
        if (event.kind() == Kind.TROUBLE || event.kind() == Kind.START_FAILED) {
            LOG.warn("{}: {} {}", service, event.kind(), event);
        } else {
            LOG.info("{}: {} {}", service, event.kind(), event);
        }
    }

    private void deliver() {
        try {
            while (!closed) {
                Event event = queue.take();
                listeners.forEach(listener -> tell(listener, event));
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    LOG.warn("{}: {} events were dropped, because a listener was too slow", service, lost);
                }
            }
        } catch (InterruptedException e) {
            LOG.trace("{}: closing", service); // nothing else interrupts us, and the last words are still to be said
        }
        queue.forEach(event -> listeners.forEach(listener -> tell(listener, event)));
    }

    private void tell(EventListener listener, Event event) {
        try {
            listener.on(event);
        } catch (RuntimeException | Error e) {
            LOG.warn("{}: an event listener failed", service, e);
        }
    }

    /** The listeners hear of what has happened before it returns, unless they take too long. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LAST_WORDS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
