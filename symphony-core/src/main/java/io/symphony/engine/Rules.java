package io.symphony.engine;

import io.symphony.health.HealthPolicy;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;

/**
 * What an orchestrator was told when it was built.
 *
 * @param min the least replicas
 * @param max the most replicas
 * @param scaling how many
 * @param restraint what holds scaling back
 * @param health when a replica is well
 * @param drain how long a leaving replica may finish what is inside
 * @param grace how long a replica may take to end after being asked
 * @param surveyEvery how often everything that runs is listed
 * @param routing which one
 * @param overdue from when on an open lease is reported
 * @param rollOut how a new version takes the former one's place
 * @param fixedPool whether somebody else runs the replicas: then none is started or stopped
 */
public record Rules(
        int min,
        int max,
        ScalingPolicy scaling,
        Restraint restraint,
        HealthPolicy health,
        Duration drain,
        Duration grace,
        Duration surveyEvery,
        RoutingPolicy routing,
        Duration overdue,
        RollOutPolicy rollOut,
        boolean fixedPool) {

    private static final Duration LONGEST = Duration.ofDays(365);

    public Rules {
        if (min < 0) {
            throw new IllegalArgumentException("min: " + min + " (expected: >= 0)");
        }
        if (max < min) {
            throw new IllegalArgumentException("max: " + max + " (expected: >= min, which is " + min + ")");
        }
        if (max < 1) {
            throw new IllegalArgumentException("max: " + max + " (expected: >= 1)");
        }
        requireNotNegative("drain", drain);
        requireNotNegative("grace", grace);
        requireShortest("surveyEvery", surveyEvery);
        requireShortest("overdue", overdue);
    }

    private static void requireShortest(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 100 ms)");
        }
        requireCountable(name, value);
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
        requireCountable(name, value);
    }

    /** Somebody who means "for ever" may say so with a duration that no count of nanoseconds holds. */
    private static void requireCountable(String name, Duration value) {
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: <= 365 days)");
        }
    }
}
