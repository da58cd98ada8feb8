package io.symphony.examples.sample;

/** Requests of the last second: ten buckets of a tenth of a second each, the oldest of them given up as time goes on. */
final class RequestRate {
    private static final int BUCKETS = 10;
    private static final long BUCKET_NANOS = 100_000_000;

    private final int[] counts = new int[BUCKETS];
    private long newest;

    synchronized void count(long nowNanos) {
        counts[bucket(advance(nowNanos))]++;
    }

    synchronized int perSecond(long nowNanos) {
        advance(nowNanos);
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    private long advance(long nowNanos) {
        long now = Math.floorDiv(nowNanos, BUCKET_NANOS);
        for (long stale = Math.max(newest + 1, now - BUCKETS + 1); stale <= now; stale++) {
            counts[bucket(stale)] = 0;
        }
        newest = now;
        return now;
    }

    private static int bucket(long tenth) {
        return (int) Math.floorMod(tenth, (long) BUCKETS);
    }
}
