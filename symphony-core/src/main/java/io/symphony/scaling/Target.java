package io.symphony.scaling;

/**
 * How many replicas are wanted, and why, in words with numbers.
 *
 * <pre>{@code
 * new Target(6, "96 requests").within(1, 5).reason(); // 96 requests; limited from 6 by max 5
 * }</pre>
 */
public record Target(int replicas, String reason) {

    public Target {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas: " + replicas + " (expected: >= 0)");
        }
    }

    /** Kept within a range; the reason says so where the range changed the number. */
    public Target within(int min, int max) {
        if (replicas > max) {
            return new Target(max, reason + "; limited from " + replicas + " by max " + max);
        }
        if (replicas < min) {
            return new Target(min, reason + "; raised from " + replicas + " by min " + min);
        }
        return this;
    }
}
