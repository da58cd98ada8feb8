package io.symphony.engine;

import io.symphony.spi.Gauge;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's gauges, each read once a second on a thread of its own: it is somebody else's code, and may take long or never
 * come back. What it said last is known for ten seconds.
 */
public final class Gauges implements Supplier<Map<String, Double>>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    private final Ticker ticker;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Reading(double value, long takenNanos) {}

    public Gauges(Map<String, Gauge> gauges, Ticker ticker) {
        this.ticker = ticker;
        gauges.forEach((name, gauge) -> threads.add(Threads.one("gauge-" + name, () -> watch(name, gauge))));
    }

    public void start() {
        threads.forEach(Thread::start);
    }

    private void watch(String name, Gauge gauge) {
        boolean failing = false;
        try {
            do {
                failing = !read(name, gauge, failing);
            } while (!closed.await(EVERY.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean read(String name, Gauge gauge, boolean failedBefore) throws InterruptedException {
        try {
            OptionalDouble value = gauge.value();
            if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
                readings.put(name, new Reading(value.getAsDouble(), ticker.nanos()));
            } else {
                readings.remove(name);
            }
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // somebody else's code
            readings.remove(name);
            if (!failedBefore) {
                LOG.warn("the gauge {} cannot be read, so nothing is decided on it: {}", name, e.toString());
            }
            return false;
        }
    }

    @Override
    public Map<String, Double> get() {
        if (readings.isEmpty()) {
            return Map.of();
        }
        long now = ticker.nanos();
        Map<String, Double> known = new HashMap<>();
        readings.forEach((name, reading) -> {
            if (now - reading.takenNanos() <= KNOWN_FOR.toNanos()) {
                known.put(name, reading.value());
            }
        });
        return known;
    }

    @Override
    public void close() {
        closed.countDown();
        threads.forEach(Thread::interrupt);
    }
}
