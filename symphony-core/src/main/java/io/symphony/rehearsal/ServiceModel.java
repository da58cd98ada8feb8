package io.symphony.rehearsal;

import java.time.Duration;

/**
 * A replica as far as scaling meets it: it takes a while to come up, has so many workers, and a request keeps one of them
 * busy for a time that is spread exponentially around its mean. Requests wait in the replica that they were given to.
 *
 * <pre>{@code
 * ServiceModel.standard().withConcurrency(4).withStartTime(Duration.ofSeconds(30));
 * }</pre>
 *
 * @param startTime how long a replica takes until it serves
 * @param serviceTime how long a request keeps a worker busy on the average
 * @param concurrency how many requests a replica works on at a time
 * @param patience how long a request waits for a worker before its client gives up
 */
public record ServiceModel(Duration startTime, Duration serviceTime, int concurrency, Duration patience) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    public ServiceModel {
        requireUpToTenMinutes("startTime", startTime);
        requireUpToTenMinutes("serviceTime", serviceTime);
        requireUpToTenMinutes("patience", patience);
        if (concurrency < 1 || concurrency > 10_000) {
            throw new IllegalArgumentException("concurrency: " + concurrency + " (expected: 1 to 10000)");
        }
    }

    private static void requireUpToTenMinutes(String name, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: above 0, 10 min at most)");
        }
    }

    /** Up in 8 s, 8 workers of 50 ms, which carry 160 requests a second, and clients that wait for 10 s. */
    public static ServiceModel standard() {
        return new ServiceModel(Duration.ofSeconds(8), Duration.ofMillis(50), 8, Duration.ofSeconds(10));
    }

    public ServiceModel withStartTime(Duration time) {
        return new ServiceModel(time, serviceTime, concurrency, patience);
    }

    public ServiceModel withServiceTime(Duration mean) {
        return new ServiceModel(startTime, mean, concurrency, patience);
    }

    public ServiceModel withConcurrency(int workers) {
        return new ServiceModel(startTime, serviceTime, workers, patience);
    }

    public ServiceModel withPatience(Duration time) {
        return new ServiceModel(startTime, serviceTime, concurrency, time);
    }

    /** How many requests a second a replica carries, with every worker busy. */
    public double capacity() {
        return concurrency * 1e9 / serviceTime.toNanos();
    }
}
