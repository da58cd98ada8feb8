package io.symphony.proxy;

/** How long a client may take over its request body: a pause at most, and on the whole no less than a rate. */
final class BodyPace {

    /** How long a body may take before its rate counts. */
    private static final long GRACE_NANOS = 10_000_000_000L;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final long pauseNanos;
    private final int bytesPerSecond;
    private long since;
    private long bytes;

    BodyPace(long pauseNanos, int bytesPerSecond) {
        this.pauseNanos = pauseNanos;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Begins to measure, at first or anew after a pause that was not the client's doing. */
    void begin(long now) {
        since = now;
        bytes = 0;
    }

    void add(int length) {
        bytes += length;
    }

    /** When the client is late, if nothing more comes. */
    long deadline(long now) {
        long pause = now + pauseNanos;
        if (bytesPerSecond == 0 || bytes > Integer.MAX_VALUE) {
            return pause;
        }
        return Math.min(pause, since + GRACE_NANOS + bytes * SECOND_NANOS / bytesPerSecond);
    }
}
