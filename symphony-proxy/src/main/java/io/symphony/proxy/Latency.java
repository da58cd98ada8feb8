package io.symphony.proxy;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** Durations in steps that grow with them: 16 to each power of two, so a quantile is at most 6.3 % too high. */
public final class Latency {

    private static final int SUB_BITS = 4;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;
    private static final long LONGEST_MICROS = (1L << 32) - 1;
    private static final int BUCKETS = bucket(LONGEST_MICROS) + 1;

    private final long[] counts;

    private Latency(long[] counts) {
        this.counts = counts;
    }

    /** What an event loop writes into. */
    static AtomicLongArray cells() {
        return new AtomicLongArray(BUCKETS);
    }

    static int cell(long nanos) {
        return bucket(Math.max(0, Math.min(LONGEST_MICROS, nanos / 1_000)));
    }

    static Latency none() {
        return new Latency(new long[BUCKETS]);
    }

    Latency plus(AtomicLongArray cells) {
        long[] sums = new long[BUCKETS];
        Arrays.setAll(sums, i -> counts[i] + cells.get(i));
        return new Latency(sums);
    }

    /** What came after an earlier snapshot of the same listener. */
    public Latency since(Latency earlier) {
        long[] differences = new long[BUCKETS];
        Arrays.setAll(differences, i -> counts[i] - earlier.counts[i]);
        return new Latency(differences);
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** The duration that this share of the requests, 0 to 1, did not exceed; zero when there were none. */
    public Duration quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count()));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Duration.ofNanos(end(i) * 1_000);
            }
        }
        return Duration.ZERO;
    }

    private static int bucket(long micros) {
        if (micros < SUB_BUCKETS) {
            return (int) micros;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(micros) - SUB_BITS - 1;
        return (shift << SUB_BITS) + (int) (micros >>> shift);
    }

    /** Where the next bucket begins, in microseconds. */
    private static long end(int bucket) {
        int shift = Math.max(0, (bucket >>> SUB_BITS) - 1);
        return (bucket - ((long) shift << SUB_BITS) + 1) << shift;
    }

    @Override
    public String toString() {
        return count() + " requests, p50 " + quantile(0.5) + ", p95 " + quantile(0.95) + ", p99 " + quantile(0.99);
    }
}
