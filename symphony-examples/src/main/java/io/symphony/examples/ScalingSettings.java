package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How many replicas, and what that depends on. */
final class ScalingSettings {
    static final Setting<Integer> MIN =
            Setting.of("min", "N", wholeNumber(0, 10_000)).fallback("1").saying("The fewest replicas");
    static final Setting<Integer> MAX =
            Setting.of("max", "N", wholeNumber(1, 10_000)).fallback("10").saying("The most replicas");
    static final Setting<Duration> ZERO_AFTER = Setting.of("zero-after", "D", durationOf(Duration.ofMillis(100)))
            .fallback("5m")
            .saying("With --min 0: how long without a request the last replica stays");
    static final Setting<Integer> CHANGES_PER_HOUR = Setting.of(
                    "changes-per-hour", "N", wholeNumber(2, Integer.MAX_VALUE))
            .saying("The most starts and stops an hour that scaling may cause (default: 12 times --max)");

    private ScalingSettings() {}

    static List<Setting<?>> all() {
        return Stream.of(List.of(MIN, MAX, ZERO_AFTER, CHANGES_PER_HOUR), PolicySettings.all(), CalmSettings.all())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /** All that a policy is made of. */
    static List<Setting<?>> ofPolicy() {
        return Stream.of(List.of(MIN), PolicySettings.all(), CalmSettings.all())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    static ScalePlan plan(Configuration values) {
        return new ScalePlan(
                values.value(MIN),
                values.value(MAX),
                values.value(ZERO_AFTER),
                values.find(CHANGES_PER_HOUR),
                PolicySettings.policy(values),
                gauges(values));
    }

    /** Only what a policy asks for is measured. */
    private static GaugePlan gauges(Configuration values) {
        List<PolicyKind> kinds = values.value(PolicySettings.POLICIES);
        return new GaugePlan(
                values.find(PolicySettings.GAUGE).filter(file -> kinds.contains(PolicyKind.GAUGE)),
                Optional.of(values.value(PolicySettings.PERCENTILE))
                        .filter(share -> kinds.contains(PolicyKind.LATENCY)));
    }

    /** How many replicas are to run. */
    record ScalePlan(
            int min,
            int max,
            Duration zeroAfter,
            Optional<Integer> changesPerHour,
            ScalingPolicy policy,
            GaugePlan gauges) {}

    /** What is measured for that, besides the traffic. */
    record GaugePlan(Optional<String> file, Optional<Double> latencyPercentile) {}
}
