package io.symphony.health;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * When the requests that fail at a replica take it out of the rotation, and for how long. It is not replaced for that:
 * not to route is instant and cheap to undo.
 *
 * <pre>{@code
 * EjectionPolicy.after(3).withTimeout(Duration.ofSeconds(10)).withStatuses(Set.of(502, 503));
 * }</pre>
 *
 * @param maxFails how many failures within the timeout take it out; 0: none ever do
 * @param failTimeout the time that failures are counted in, and how long it is out for the first time
 * @param statuses the statuses of answers that count as failures of the replica, too
 * @param silence how long it may at least leave all its requests without an answer, while the others answer, until it is
 *     suspected to hang; zero: it never is
 */
public record EjectionPolicy(int maxFails, Duration failTimeout, Set<Integer> statuses, Duration silence) {

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofDays(1);
    private static final Duration LONGEST_EJECTION = Duration.ofMinutes(5);

    public EjectionPolicy {
        if (maxFails < 0) {
            throw new IllegalArgumentException("maxFails: " + maxFails + " (expected: >= 0)");
        }
        if (failTimeout.compareTo(LEAST) < 0 || failTimeout.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("failTimeout: " + failTimeout + " (expected: 100 ms to 1 day)");
        }
        for (int status : new TreeSet<>(statuses)) {
            if (status < 100 || status > 999) {
                throw new IllegalArgumentException("statuses: " + status + " (expected: 100 to 999)");
            }
        }
        statuses = Set.copyOf(statuses);
        if (!silence.isZero() && (silence.compareTo(LEAST) < 0 || silence.compareTo(MOST) > 0)) {
            throw new IllegalArgumentException("silence: " + silence + " (expected: 0, or 100 ms to 1 day)");
        }
    }

    /** One failure, for thirty seconds; no status counts; a quarter of a second of silence. */
    public static EjectionPolicy standard() {
        return after(1);
    }

    public static EjectionPolicy after(int failures) {
        return new EjectionPolicy(failures, Duration.ofSeconds(30), Set.of(), Duration.ofMillis(250));
    }

    /** Nothing that requests tell takes a replica out. */
    public static EjectionPolicy never() {
        return after(0).withSilence(Duration.ZERO);
    }

    public EjectionPolicy withTimeout(Duration other) {
        return new EjectionPolicy(maxFails, other, statuses, silence);
    }

    public EjectionPolicy withStatuses(Set<Integer> counted) {
        return new EjectionPolicy(maxFails, failTimeout, counted, silence);
    }

    /** How long a silence lasts at least until it is suspect; zero: none ever is. */
    public EjectionPolicy withSilence(Duration other) {
        return new EjectionPolicy(maxFails, failTimeout, statuses, other);
    }

    public boolean isOn() {
        return maxFails > 0;
    }

    /** How long a replica stays out that was put out so many times: longer each time, up to five minutes. */
    public Duration lasts(int times) {
        Duration grown = failTimeout.multipliedBy(times);
        Duration most = failTimeout.compareTo(LONGEST_EJECTION) > 0 ? failTimeout : LONGEST_EJECTION;
        return grown.compareTo(most) > 0 ? most : grown;
    }
}
