package io.symphony.examples;

import static io.symphony.examples.config.Parsers.duration;
import static io.symphony.examples.config.Parsers.percent;
import static io.symphony.examples.config.Parsers.positive;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.rollout.RollOutPolicy;
import java.time.Duration;
import java.util.List;

/** How a new version takes the former one's place. */
final class RollOutSettings {
    private static final int MOST_AT_ONCE = 10_000;

    static final Setting<RollOutPolicy> STEP = Setting.of("rollout-step", "N|P%", RollOutSettings::inSteps)
            .fallback("25%")
            .saying("New replicas in one step: so many, or such a share of the fleet, rounded up");
    static final Setting<Duration> WATCH = Setting.of(
                    "rollout-watch", "D", Parsers.accepted(duration(), policy()::withWatch, "at most 365 days"))
            .fallback("15s")
            .saying("How long they serve beside the former ones before as many of those leave");
    static final Setting<Duration> SETTLE = Setting.of(
                    "rollout-settle", "D", Parsers.accepted(duration(), policy()::withSettle, "at most 365 days"))
            .fallback("5s")
            .saying("How long a new one may warm up before its latency counts");
    static final Setting<Integer> ATTEMPTS = Setting.of("rollout-attempts", "N", wholeNumber(1, 1_000))
            .fallback("3")
            .saying("New replicas of one step that do not come up, or fall, until it goes back");
    static final Setting<Double> SLOWER = Setting.of(
                    "rollout-slower", "N", positive().when(times -> times >= 1, "a number, 1 or more, such as 1.5"))
            .fallback("1.5")
            .saying("How many times the former latency, and 5ms, are no reason to go back");
    static final Setting<Double> FALSE_ALARMS = Setting.of(
                    "rollout-false-alarms", "P%", percent(50).when(share -> share > 0, "more than 0%, such as 0.1%"))
            .fallback("0.1%")
            .saying("How often a version that is as good may be sent back, at the most");

    private RollOutSettings() {}

    static List<Setting<?>> all() {
        return List.of(STEP, WATCH, SETTLE, ATTEMPTS, SLOWER, FALSE_ALARMS);
    }

    static RollOutPolicy plan(Configuration values) {
        return values.value(STEP)
                .withWatch(values.value(WATCH))
                .withSettle(values.value(SETTLE))
                .withAttempts(values.value(ATTEMPTS))
                .tolerating(values.value(SLOWER), policy().slack())
                .withFalseAlarms(values.value(FALSE_ALARMS));
    }

    private static RollOutPolicy policy() {
        return RollOutPolicy.standard();
    }

    private static RollOutPolicy inSteps(String text) throws Unexpected {
        return text.strip().endsWith("%")
                ? RollOutPolicy.inShares(percent(100).parse(text))
                : RollOutPolicy.inStepsOf(wholeNumber(1, MOST_AT_ONCE).parse(text));
    }
}
