package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.PolicyKind.Calming;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.scaling.Concurrency;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.Shift;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What the number of replicas follows. */
final class PolicySettings {
    /** The names under which the program's own gauges are known to policies. */
    static final String GAUGE_FILE = "gauge";

    static final String LATENCY = "latency";

    private static final Duration REQUESTS_WINDOW = Duration.ofMinutes(2);
    private static final Duration RPS_WINDOW = Duration.ofSeconds(10);
    private static final double RPS_TARGET = 10;
    /** 70 % of 100, of which the rest is room for what comes while more start. */
    private static final double CONCURRENCY_TARGET = 70;

    static final Setting<List<PolicyKind>> POLICIES = Setting.many(
                    "policy", "POLICY,...", Parsers.list(Parsers.oneOf(PolicyKind.byName(), PolicyKind.EXPECTATION)))
            .fallback("requests")
            .saying("What the number of replicas follows: " + PolicyKind.EXPECTATION
                    + "; of several the one that wants the most");
    static final Setting<Integer> BASE_SCALE_COUNT = Setting.of(
                    "base-scale-count", "N", wholeNumber(1, Integer.MAX_VALUE))
            .fallback("20")
            .saying("For requests: one more replica for each N requests of a window");
    static final Setting<Duration> WINDOW = Setting.of("window", "D", durationOf(Duration.ofSeconds(1)))
            .saying("The time that a policy looks back (default: 120s for requests, 10s for rps, 60s for concurrency)");
    static final Setting<Double> TARGET = Setting.of("target", "N", Parsers.positive())
            .saying(
                    "A replica's share: of requests a second for rps (default: 10), of requests at a time for concurrency"
                            + " (default: 70, which is 70% of 100), of the gauge for gauge");
    static final Setting<Duration> OBJECTIVE = Setting.of("latency-objective", "D", durationOf(Duration.ofMillis(1)))
            .fallback("250ms")
            .saying("For latency: what is not to be exceeded");
    static final Setting<Double> PERCENTILE = Setting.of("latency-percentile", "P%", Parsers.percent(100))
            .fallback("95%")
            .saying("For latency: by how many of the requests of the last 30s");
    static final Setting<String> GAUGE = Setting.of("gauge", "FILE", Parsers.nonEmpty("a file"))
            .saying("For gauge: a file whose first word is a number, read once a second");
    static final Setting<List<Shift>> SCHEDULE = Setting.many("schedule", "HOURS=N", Parser.each(Shifts::parse))
            .saying("For schedule: N replicas at these hours, such as \"mon-fri 08:00-18:00=5\"; repeatable");
    static final Setting<List<Shift>> AT_LEAST = Setting.many("at-least", "HOURS=N", Parser.each(Shifts::parse))
            .saying("With any policy: not fewer than N at these hours; repeatable");
    static final Setting<ZoneId> ZONE = Setting.of("zone", "ZONE", Shifts::zone)
            .saying("Whose clock the hours are of, such as Europe/Berlin (default: this machine's)");

    private PolicySettings() {}

    static List<Setting<?>> all() {
        return List.of(
                POLICIES, BASE_SCALE_COUNT, WINDOW, TARGET, OBJECTIVE, PERCENTILE, GAUGE, SCHEDULE, AT_LEAST, ZONE);
    }

    static ScalingPolicy policy(Configuration values) {
        List<PolicyKind> kinds = values.value(POLICIES);
        ScalingPolicy[] each = kinds.stream().map(kind -> policy(kind, values)).toArray(ScalingPolicy[]::new);
        ScalingPolicy all = each.length == 1 ? each[0] : ScalingPolicy.largestOf(each);
        Calming calming = kinds.stream().map(PolicyKind::calming).reduce(Calming.NONE, Calming::calmer);
        ScalingPolicy calm = CalmSettings.over(all, calming, values);
        for (Shift shift : shifts(AT_LEAST, values)) {
            calm = calm.atLeastDuring(shift.hours(), shift.replicas());
        }
        return calm;
    }

    private static ScalingPolicy policy(PolicyKind kind, Configuration values) {
        Optional<Duration> window = values.find(WINDOW);
        Optional<Double> target = values.find(TARGET);
        return switch (kind) {
            case REQUESTS -> ScalingPolicy.requests(values.value(BASE_SCALE_COUNT), window.orElse(REQUESTS_WINDOW));
            case RPS -> ScalingPolicy.requestsPerSecond(target.orElse(RPS_TARGET), window.orElse(RPS_WINDOW));
            case CONCURRENCY -> concurrency(target.orElse(CONCURRENCY_TARGET), window);
            case LATENCY -> ScalingPolicy.latency(values.value(OBJECTIVE), LATENCY);
            case GAUGE -> ScalingPolicy.sharing(GAUGE_FILE, values.value(TARGET));
            case AUTO -> ScalingPolicy.auto();
            case SCHEDULE -> ScalingPolicy.schedule(shifts(SCHEDULE, values).toArray(Shift[]::new));
            case FIXED -> ScalingPolicy.fixed(values.value(ScalingSettings.MIN));
        };
    }

    /** The window of panic is a tenth of the other, as in the rule. */
    private static ScalingPolicy concurrency(double target, Optional<Duration> window) {
        Concurrency rule = ScalingPolicy.concurrency(target);
        return window.isEmpty()
                ? rule
                : rule.withWindows(window.get(), window.get().dividedBy(10));
    }

    private static List<Shift> shifts(Setting<List<Shift>> setting, Configuration values) {
        ZoneId zone = values.find(ZONE).orElse(ZoneId.systemDefault());
        return values.find(setting).orElse(List.of()).stream()
                .map(shift -> new Shift(shift.hours().in(zone), shift.replicas()))
                .toList();
    }
}
