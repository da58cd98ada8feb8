package io.symphony.engine;

import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;

/**
 * What an orchestrator was told when it was built.
 *
 * @param min the least replicas
 * @param max the most replicas
 * @param scaling how many
 * @param health when a replica is well
 * @param drain how long a leaving replica may finish what is inside
 * @param grace how long a replica may take to end after being asked
 * @param surveyEvery how often everything that runs is listed
 * @param fixedPool whether somebody else runs the replicas: then none is started or stopped
 */
public record Rules(
        int min,
        int max,
        ScalingPolicy scaling,
        HealthPolicy health,
        Duration drain,
        Duration grace,
        Duration surveyEvery,
        boolean fixedPool) {

    public Rules {
        if (min < 1) {
            throw new IllegalArgumentException("min: " + min + " (expected: >= 1)");
        }
        if (max < min) {
            throw new IllegalArgumentException("max: " + max + " (expected: >= min, which is " + min + ")");
        }
        requireNotNegative("drain", drain);
        requireNotNegative("grace", grace);
        if (surveyEvery.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("surveyEvery: " + surveyEvery + " (expected: >= 100 ms)");
        }
    }

    private static void requireNotNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }
}
