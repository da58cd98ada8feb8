package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;
import static io.symphony.examples.config.Parsers.oneOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How many replicas, and what that depends on. */
final class ScalingSettings {
    private static final Duration REQUESTS_WINDOW = Duration.ofMinutes(2);
    private static final Duration RPS_WINDOW = Duration.ofSeconds(10);

    static final Setting<Integer> MIN =
            Setting.of("min", "N", wholeNumber(1, 10_000)).fallback("1").saying("The fewest replicas");
    static final Setting<Integer> MAX =
            Setting.of("max", "N", wholeNumber(1, 10_000)).fallback("10").saying("The most replicas");
    static final Setting<PolicyKind> POLICY = Setting.of(
                    "policy", "POLICY", oneOf(PolicyKind.byName(), PolicyKind.EXPECTATION))
            .fallback("requests")
            .saying("How many replicas: by the count of requests in a window, by their rate, or always --min");
    static final Setting<Integer> BASE_SCALE_COUNT = Setting.of(
                    "base-scale-count", "N", wholeNumber(1, Integer.MAX_VALUE))
            .fallback("20")
            .saying("For requests: one more replica for each N requests of a window");
    static final Setting<Duration> WINDOW = Setting.of("window", "D", durationOf(Duration.ofSeconds(1)))
            .saying("The time that a policy looks back (default: 120s for requests, 10s for rps)");
    static final Setting<Double> TARGET = Setting.of("target", "N", Parsers.positive())
            .fallback("10")
            .saying("For rps: a replica's share of requests a second");

    private ScalingSettings() {}

    static List<Setting<?>> all() {
        return List.of(MIN, MAX, POLICY, BASE_SCALE_COUNT, WINDOW, TARGET);
    }

    static ScalePlan plan(Configuration values) {
        return new ScalePlan(values.value(MIN), values.value(MAX), policy(values));
    }

    private static ScalingPolicy policy(Configuration values) {
        Optional<Duration> window = values.find(WINDOW);
        return switch (values.value(POLICY)) {
            case REQUESTS -> ScalingPolicy.requests(values.value(BASE_SCALE_COUNT), window.orElse(REQUESTS_WINDOW));
            case RPS -> ScalingPolicy.requestsPerSecond(values.value(TARGET), window.orElse(RPS_WINDOW));
            case FIXED -> ScalingPolicy.fixed(values.value(MIN));
        };
    }

    /** How many replicas are to run. */
    record ScalePlan(int min, int max, ScalingPolicy policy) {}
}
