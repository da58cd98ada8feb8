package io.symphony.rollout;

import java.time.Duration;

/**
 * How a new version takes the former one's place: in steps, each of them watched before the next. The new version goes
 * back out when its replicas do not come up, or when they are worse than the former ones beyond doubt.
 *
 * <pre>{@code
 * Orchestrator.of(spec).rollingOut(RollOutPolicy.inStepsOf(2).withWatch(Duration.ofMinutes(1))).start();
 * }</pre>
 *
 * @param least how many replicas a step has at the least
 * @param share how much of the fleet a step has at the least, from 0 to 1
 * @param watch how long the new ones of a step serve beside the former ones before those may leave
 * @param settle how long a new one may take to warm up before its latency counts
 * @param attempts how many new replicas may fail, within one step, until the roll-out goes back
 * @param slower how many times the former latency is still no reason to go back
 * @param slack what is allowed on top of that, so that fractions of a millisecond do not decide
 * @param falseAlarms how often, at the most, a version that is as good as the former may be sent back
 */
public record RollOutPolicy(
        int least,
        double share,
        Duration watch,
        Duration settle,
        int attempts,
        double slower,
        Duration slack,
        double falseAlarms) {

    private static final Duration LONGEST = Duration.ofDays(365);

    public RollOutPolicy {
        if (least < 1) {
            throw new IllegalArgumentException("least: " + least + " (expected: >= 1)");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: 0 to 1)");
        }
        requireCountable("watch", watch);
        requireCountable("settle", settle);
        requireCountable("slack", slack);
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: >= 1)");
        }
        if (!(slower >= 1)) {
            throw new IllegalArgumentException("slower: " + slower + " (expected: >= 1)");
        }
        if (!(falseAlarms > 0 && falseAlarms < 1)) {
            throw new IllegalArgumentException("falseAlarms: " + falseAlarms + " (expected: between 0 and 1)");
        }
    }

    /** A quarter of the fleet a step, and one at the least, each step watched for 15 s. */
    public static RollOutPolicy standard() {
        return inShares(0.25);
    }

    /** So many replicas a step. */
    public static RollOutPolicy inStepsOf(int replicas) {
        return new RollOutPolicy(
                replicas, 0, Duration.ofSeconds(15), Duration.ofSeconds(5), 3, 1.5, slackByDefault(), 0.001);
    }

    /** Such a share of the fleet a step, rounded up. */
    public static RollOutPolicy inShares(double share) {
        RollOutPolicy policy = inStepsOf(1);
        return new RollOutPolicy(
                1,
                share,
                policy.watch,
                policy.settle,
                policy.attempts,
                policy.slower,
                policy.slack,
                policy.falseAlarms);
    }

    private static Duration slackByDefault() {
        return Duration.ofMillis(5);
    }

    public RollOutPolicy withWatch(Duration other) {
        return new RollOutPolicy(least, share, other, settle, attempts, slower, slack, falseAlarms);
    }

    public RollOutPolicy withSettle(Duration other) {
        return new RollOutPolicy(least, share, watch, other, attempts, slower, slack, falseAlarms);
    }

    public RollOutPolicy withAttempts(int other) {
        return new RollOutPolicy(least, share, watch, settle, other, slower, slack, falseAlarms);
    }

    /** Slower than {@code times} the former latency and {@code more} is a reason to go back. */
    public RollOutPolicy tolerating(double times, Duration more) {
        return new RollOutPolicy(least, share, watch, settle, attempts, times, more, falseAlarms);
    }

    public RollOutPolicy withFalseAlarms(double other) {
        return new RollOutPolicy(least, share, watch, settle, attempts, slower, slack, other);
    }

    /** How many replicas a step has in a fleet of that size. */
    public int stepOf(int fleet) {
        int wanted = Math.max(least, (int) Math.ceil(share * fleet));
        return Math.max(1, Math.min(wanted, fleet));
    }

    private static void requireCountable(String name, Duration value) {
        if (value.isNegative() || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to 365 days)");
        }
    }
}
