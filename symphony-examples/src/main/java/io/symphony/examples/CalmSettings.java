package io.symphony.examples;

import static io.symphony.examples.config.Parsers.duration;

import io.symphony.examples.PolicyKind.Calming;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.scaling.Calm;
import io.symphony.scaling.Pace;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.util.List;

/** What keeps the number of replicas from flapping. */
final class CalmSettings {
    private static final Duration LONGEST = Duration.ofHours(1);

    static final Setting<Duration> STABILISATION = Setting.of(
                    "stabilisation",
                    "D",
                    duration().when(CalmSettings::isWindow, "0s for none, or a duration of 100ms to 1h"))
            .saying("Go down no further than the highest want of the last D, and up at once"
                    + " (default: 60s; 0s for requests, schedule and fixed)");
    static final Setting<Double> DEAD_BAND = Setting.of("dead-band", "P%", Parsers.percent(99))
            .saying("Change nothing for a want within P% of what there is"
                    + " (default: 10%; 0% for requests, rps, schedule and fixed, which are exact)");
    static final Setting<Pace> PACE_UP = Setting.many("pace-up", "N,P%,D", pace())
            .saying("At most N or P% more within D, whichever is more, or off"
                    + " (default: 4,100%,15s; off for requests, schedule and fixed)");
    static final Setting<Pace> PACE_DOWN = Setting.many("pace-down", "N,P%,D", pace())
            .saying("The same for fewer (default: 4,50%,15s; off for requests, schedule and fixed)");

    private CalmSettings() {}

    static List<Setting<?>> all() {
        return List.of(STABILISATION, DEAD_BAND, PACE_UP, PACE_DOWN);
    }

    /** A policy with the measures of its kind, and those that were given. */
    static ScalingPolicy over(ScalingPolicy policy, Calming calming, Configuration values) {
        if (calming == Calming.NONE && all().stream().noneMatch(values::isGiven)) {
            return policy;
        }
        boolean calm = calming != Calming.NONE;
        return new Calm(
                        values.find(DEAD_BAND).orElse(calming.deadBand()),
                        values.find(STABILISATION).orElse(calming.stabilisation()),
                        values.find(PACE_UP).orElse(calm ? Calm.STANDARD.up() : Pace.ANY),
                        values.find(PACE_DOWN).orElse(calm ? Calm.STANDARD.down() : Pace.ANY))
                .over(policy);
    }

    private static boolean isWindow(Duration value) {
        return value.isZero() || value.toMillis() >= 100 && value.compareTo(LONGEST) <= 0;
    }

    /** As one text with commas, or as the items of a list in a file. */
    private static Parser<Pace> pace() {
        return texts -> {
            String[] parts = String.join(",", texts).split(",", -1);
            if (parts.length == 1 && parts[0].strip().equals("off")) {
                return Pace.ANY;
            }
            if (parts.length != 3) {
                throw expected();
            }
            try {
                int replicas = Parsers.wholeNumber(0, 10_000).parse(parts[0]);
                return Pace.of(
                        replicas,
                        Parsers.percent(10_000).parse(parts[1]),
                        duration().parse(parts[2]));
            } catch (Unexpected | IllegalArgumentException e) {
                throw expected();
            }
        };
    }

    private static Unexpected expected() {
        return new Unexpected("a number, a share and a period of 100ms to 1h, such as 4,100%,15s, or off");
    }
}
