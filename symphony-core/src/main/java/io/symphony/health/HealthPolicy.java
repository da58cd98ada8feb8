package io.symphony.health;

import io.symphony.fleet.Checks;
import java.time.Duration;

/**
 * When a replica is asked how it is, and what follows from the answers.
 *
 * <pre>{@code
 * HealthPolicy.every(Duration.ofSeconds(1)).withFall(2); // two failed checks in a row take it out
 * }</pre>
 *
 * @param interval from one check of a replica to its next
 * @param timeout how long an answer may take
 * @param rise how many passed checks in a row make it serve
 * @param fall how many failed checks in a row take it out
 * @param startTimeout how long a new one may take until it is well
 * @param slowStart how long a new one that joins others gets more requests only little by little; zero: it does not
 * @param ejection when the requests that fail at it take it out of the rotation
 */
public record HealthPolicy(
        Duration interval,
        Duration timeout,
        int rise,
        int fall,
        Duration startTimeout,
        Duration slowStart,
        EjectionPolicy ejection) {

    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofDays(365);

    public HealthPolicy {
        requireAtLeast("interval", interval);
        requireAtLeast("timeout", timeout);
        requireAtLeast("startTimeout", startTimeout);
        if (slowStart.isNegative() || slowStart.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("slowStart: " + slowStart + " (expected: 0 to 365 days)");
        }
        requirePositive("rise", rise);
        requirePositive("fall", fall);
    }

    /** Each replica every second, one second for the answer, three failures take it out. */
    public static HealthPolicy standard() {
        return every(Duration.ofSeconds(1));
    }

    public static HealthPolicy every(Duration interval) {
        return new HealthPolicy(
                interval, Duration.ofSeconds(1), 1, 3, Duration.ofMinutes(1), Duration.ZERO, EjectionPolicy.standard());
    }

    /** The original's rule: one failed check replaces the replica. */
    public HealthPolicy strict() {
        return withFall(1);
    }

    public HealthPolicy withTimeout(Duration other) {
        return new HealthPolicy(interval, other, rise, fall, startTimeout, slowStart, ejection);
    }

    public HealthPolicy withRise(int other) {
        return new HealthPolicy(interval, timeout, other, fall, startTimeout, slowStart, ejection);
    }

    public HealthPolicy withFall(int other) {
        return new HealthPolicy(interval, timeout, rise, other, startTimeout, slowStart, ejection);
    }

    public HealthPolicy withStartTimeout(Duration other) {
        return new HealthPolicy(interval, timeout, rise, fall, other, slowStart, ejection);
    }

    /** For so long a new replica holds one request more than a share of what others hold, and the share grows to all. */
    public HealthPolicy withSlowStart(Duration other) {
        return new HealthPolicy(interval, timeout, rise, fall, startTimeout, other, ejection);
    }

    public HealthPolicy withEjection(EjectionPolicy other) {
        return new HealthPolicy(interval, timeout, rise, fall, startTimeout, slowStart, other);
    }

    /** When the check that is under way was begun. */
    public long begunNanos(Checks checks) {
        return checks.dueNanos() - interval.toNanos();
    }

    public boolean isWell(Checks checks) {
        return checks.passedInRow() >= rise;
    }

    public boolean isSick(Checks checks) {
        return checks.failedInRow() >= fall;
    }

    private static void requireAtLeast(String name, Duration value) {
        if (value.compareTo(LEAST) < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 10 ms)");
        }
        if (value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: <= 365 days)");
        }
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
