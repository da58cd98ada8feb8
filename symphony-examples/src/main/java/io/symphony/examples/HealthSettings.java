package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.health.HealthPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a replica is well. */
final class HealthSettings {
    private static final String OFF = "off";
    private static final String PASSIVE = "passive health checks";

    static final Setting<String> PATH = Setting.of(
                    "health-path",
                    "PATH",
                    Parsers.text().when(text -> text.startsWith("/") || text.equals(OFF), "a path from /, or off"))
            .fallback("/api/v1/_health")
            .saying("Asked of each replica; off: it is enough that it accepts connections");
    static final Setting<Duration> INTERVAL = Setting.of("health-interval", "D", durationOf(Duration.ofMillis(10)))
            .fallback("1s")
            .saying("How often");
    static final Setting<Duration> TIMEOUT = Setting.of("health-timeout", "D", durationOf(Duration.ofMillis(10)))
            .fallback("1s")
            .saying("How long an answer may take");
    static final Setting<Integer> RISE = Setting.of("rise", "N", wholeNumber(1, 1000))
            .fallback("1")
            .saying("Passed checks in a row until a replica serves");
    static final Setting<Integer> FALL = Setting.of("fall", "N", wholeNumber(1, 1000))
            .fallback("3")
            .saying("Failed checks in a row until it no longer does, and is replaced");
    static final Setting<Boolean> STRICT =
            Setting.toggle("strict-health").saying("One failed check replaces a replica");

    private HealthSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                PATH,
                INTERVAL,
                TIMEOUT,
                RISE,
                FALL,
                STRICT,
                Setting.later("max-fails", PASSIVE),
                Setting.later("fail-timeout", PASSIVE));
    }

    static HealthPlan plan(Configuration values) {
        return new HealthPlan(policy(values), Optional.of(values.value(PATH)).filter(path -> !path.equals(OFF)));
    }

    private static HealthPolicy policy(Configuration values) {
        HealthPolicy policy = HealthPolicy.every(values.value(INTERVAL))
                .withTimeout(values.value(TIMEOUT))
                .withRise(values.value(RISE))
                .withFall(values.value(FALL));
        return values.value(STRICT) ? policy.strict() : policy;
    }

    /** @param path what is asked for; without one it is enough to accept a connection */
    record HealthPlan(HealthPolicy policy, Optional<String> path) {}
}
