package io.symphony.examples.load;

import java.util.Arrays;

/**
 * Latencies in buckets that grow with their value: 64 to each power of two, so that a quantile is off by less than 1.6 %
 * at any size. Written by one thread.
 */
public final class Histogram {
    private static final int SUB_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS) * SUB_BUCKETS];
    private long count;
    private double sum;
    private long least = Long.MAX_VALUE;
    private long most;

    /** Takes one value; below zero counts as zero. */
    public void record(long value) {
        long clamped = Math.max(0, value);
        counts[bucket(clamped)]++;
        count++;
        sum += clamped;
        least = Math.min(least, clamped);
        most = Math.max(most, clamped);
    }

    /** Adds what another one counted. */
    public void add(Histogram other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
        count += other.count;
        sum += other.sum;
        least = Math.min(least, other.least);
        most = Math.max(most, other.most);
    }

    public long count() {
        return count;
    }

    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    public long least() {
        return count == 0 ? 0 : least;
    }

    public long most() {
        return most;
    }

    /** The value that this share of all values, 0 to 1, does not exceed. */
    public long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * count));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.max(least(), Math.min(most, highest(i)));
            }
        }
        return most;
    }

    /** How many values lie in (from, to], to a bucket's precision. */
    public long between(long from, long to) {
        long sum = 0;
        for (int i = bucket(from) + 1; i <= bucket(to); i++) {
            sum += counts[i];
        }
        return sum;
    }

    private static int bucket(long value) {
        if (value < SUB_BUCKETS) {
            return (int) value;
        }
        int shift = Long.SIZE - Long.numberOfLeadingZeros(value) - SUB_BITS - 1;
        return ((shift + 1) << SUB_BITS) + (int) (value >>> shift) - SUB_BUCKETS;
    }

    private static long highest(int bucket) {
        if (bucket < SUB_BUCKETS) {
            return bucket;
        }
        int shift = (bucket >>> SUB_BITS) - 1;
        long sub = (bucket & (SUB_BUCKETS - 1L)) + SUB_BUCKETS;
        return ((sub + 1) << shift) - 1;
    }
}
