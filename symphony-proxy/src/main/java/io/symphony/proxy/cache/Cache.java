package io.symphony.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.UnaryOperator;

/** A shared cache for the responses of one or several services. Any thread may visit it. */
public final class Cache {

    public static final long LEAST_BYTES = 64 * 1024;

    /** A single response may take an eighth, and what is being recorded a quarter more. */
    private static final int PARTS_FOR_ONE = 8;

    private static final int PARTS_FOR_RECORDINGS = 4;
    private static final int MOST_OF_ONE = 1 << 30;
    private static final int EPOCHS = 4_096;

    private final InstantSource clock;
    private final Duration patience;
    private final Shelves shelves;
    private final Room room;
    private final ConcurrentHashMap<String, Flight> flights = new ConcurrentHashMap<>();
    /** How often something was invalidated, by a part of the key's hash. */
    private final AtomicIntegerArray epochs = new AtomicIntegerArray(EPOCHS);

    private final AtomicLongArray results = new AtomicLongArray(CacheResult.values().length);

    public Cache(long bytes, Duration patience) {
        this(bytes, patience, InstantSource.system());
    }

    Cache(long bytes, Duration patience, InstantSource clock) {
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= " + LEAST_BYTES + ")");
        }
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience: " + patience + " (expected: 0s or more)");
        }
        this.clock = clock;
        this.patience = patience;
        shelves = new Shelves(bytes);
        room = new Room((int) Math.min(bytes / PARTS_FOR_ONE, MOST_OF_ONE), bytes / PARTS_FOR_RECORDINGS);
    }

    /** Begins with a request; what is to be done for it, {@link Visit#next()} says. */
    public Visit visit(CacheRequest request) {
        return new Visit(this, request);
    }

    public long count(CacheResult result) {
        return results.get(result.ordinal());
    }

    /** What is kept, in bytes, about. */
    public long bytes() {
        return shelves.bytes();
    }

    /** How many resources something is known of, about. */
    public long resources() {
        return shelves.resources();
    }

    /** How many had to leave for others. */
    public long evictions() {
        return shelves.evictions();
    }

    /** Forgets everything. */
    public void clear() {
        for (int i = 0; i < EPOCHS; i++) {
            epochs.incrementAndGet(i);
        }
        shelves.clear();
    }

    Instant now() {
        return clock.instant();
    }

    Room room() {
        return room;
    }

    void note(CacheResult result) {
        results.incrementAndGet(result.ordinal());
    }

    Shelf find(String key) {
        return shelves.find(key);
    }

    /** Changes what is kept, unless it was invalidated since this epoch. */
    void change(String key, int epoch, UnaryOperator<Shelf> change) {
        shelves.change(key, shelf -> epoch(key) == epoch ? change.apply(shelf) : shelf);
    }

    int epoch(String key) {
        return epochs.get(slot(key));
    }

    void invalidate(String key) {
        epochs.incrementAndGet(slot(key));
        shelves.remove(key);
    }

    private static int slot(String key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & EPOCHS - 1;
    }

    /** The flight for this resource: a new one, which the caller leads, where there is none or it takes too long. */
    Flight flight(String key, Flight own) {
        return flights.compute(key, (same, other) -> other == null || other.isOver(now()) ? own : other);
    }

    Flight newFlight() {
        return new Flight(now().plus(patience));
    }

    void land(String key, Flight flight) {
        flights.remove(key, flight);
        flight.land();
    }
}
