package io.symphony.scaling;

import java.util.OptionalDouble;

/**
 * How many replicas are wanted, and why, in words with numbers.
 *
 * <pre>{@code
 * new Target(6, "96 requests").within(1, 5).reason(); // 96 requests; limited from 6 by max 5
 * Target.filling(4.2, "42 requests inside at 10 a replica").replicas(); // 5
 * }</pre>
 *
 * @param replicas how many
 * @param reason why
 * @param wanted how many the load fills, before anything smoothed or bounded it; empty where nothing was known. It is
 *     what later decisions remember of this one
 */
public record Target(int replicas, String reason, OptionalDouble wanted) {

    /** What a division may be off by: without it, three tenths at a tenth each fill four. */
    private static final double ROUNDING = 1e-9;

    public Target {
        requireNotNegative("replicas", replicas);
        wanted.ifPresent(share -> requireNotNegative("wanted", share));
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0)) {
            String number = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
            throw new IllegalArgumentException(name + ": " + number + " (expected: >= 0)");
        }
    }

    public Target(int replicas, String reason) {
        this(replicas, reason, OptionalDouble.of(replicas));
    }

    /** As many as a load fills: that, rounded up. */
    public static Target filling(double wanted, String reason) {
        return new Target(roundedUp(wanted), reason, OptionalDouble.of(wanted));
    }

    /** A number that stands although no policy wanted it: no data, or somebody's order. */
    public static Target undecided(int replicas, String reason) {
        return new Target(replicas, reason, OptionalDouble.empty());
    }

    /** The same want, answered by another number. */
    public Target answered(int others, String otherReason) {
        return new Target(others, otherReason, wanted);
    }

    /** What is wanted in whole replicas; the target itself where nothing was known. */
    int replicasWanted() {
        return wanted.isPresent() ? roundedUp(wanted.getAsDouble()) : replicas;
    }

    private static int roundedUp(double share) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceil(share - ROUNDING));
    }

    /** Kept within a range; the reason says so where the range changed the number. */
    public Target within(int min, int max) {
        if (replicas > max) {
            return answered(max, reason + "; limited from " + replicas + " by max " + max);
        }
        if (replicas < min) {
            return answered(min, reason + "; raised from " + replicas + " by min " + min);
        }
        return this;
    }
}
