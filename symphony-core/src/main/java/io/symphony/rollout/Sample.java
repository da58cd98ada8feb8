package io.symphony.rollout;

/**
 * What one replica did within one beat.
 *
 * <pre>{@code
 * new Sample(40, 1, 200_000_000).latencyNanos(); // 5 ms
 * }</pre>
 *
 * @param ended how many requests ended
 * @param failed how many of them failed, or were answered with an error of the server
 * @param busyNanos the time that requests spent inside, all added up
 */
public record Sample(long ended, long failed, double busyNanos) {

    /** Whether nothing happened that latency could be told from. */
    boolean isIdle() {
        return ended == 0 && busyNanos == 0;
    }

    /** By Little's law: the time spent inside, shared among those that left. One that nobody leaves is slow, too. */
    double latencyNanos() {
        return busyNanos / Math.max(1, ended);
    }
}
