package io.symphony.proxy;

import java.time.Duration;
import java.util.List;

/**
 * How many requests took how long, in the buckets that OpenTelemetry recommends for HTTP.
 *
 * @param counts the requests of each bucket alone; the last one has all that took longer than the highest bound
 * @param sum of their durations
 */
public record DurationHistogram(List<Long> counts, Duration sum) {

    /** The upper ends of the buckets; each belongs to its bucket. */
    public static final List<Duration> BOUNDS =
            List.of(5L, 10L, 25L, 50L, 75L, 100L, 250L, 500L, 750L, 1_000L, 2_500L, 5_000L, 7_500L, 10_000L).stream()
                    .map(Duration::ofMillis)
                    .toList();

    public DurationHistogram {
        counts = List.copyOf(counts);
        if (counts.size() != BOUNDS.size() + 1) {
            throw new IllegalArgumentException(
                    "counts: " + counts.size() + " (expected: " + (BOUNDS.size() + 1) + ", one a bucket)");
        }
    }

    public long count() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
