package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.HealthPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** When a replica is well. */
final class HealthSettings {
    private static final String OFF = "off";
    private static final Pattern STATUSES = Pattern.compile("([1-9]\\d\\d)(?:-([1-9]\\d\\d))?");

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

    static final Setting<Integer> MAX_FAILS = Setting.of("max-fails", "N", wholeNumber(0, 1_000_000))
            .fallback("1")
            .saying("Failed requests within --fail-timeout that put a replica out of the rotation; 0: none do");
    static final Setting<Duration> FAIL_TIMEOUT = Setting.of("fail-timeout", "D", durationOf(Duration.ofMillis(100)))
            .fallback("30s")
            .saying("The time they are counted in, and how long it is out; longer when it happens again");
    static final Setting<Set<Integer>> FAIL_STATUS = Setting.of("fail-status", "N,...", HealthSettings::statuses)
            .fallback("off")
            .saying("Answers that count as failed, too, such as 500,502-504");

    static final Setting<Duration> SILENCE = Setting.of("silence", "D", HealthSettings::orOff)
            .fallback("250ms")
            .saying("A replica that answers nothing for so long, while the others do, gets no more requests; or off");

    static final Setting<Duration> SLOW_START = Setting.of("slow-start", "D", HealthSettings::orOff)
            .fallback(OFF)
            .saying("How long a new replica gets requests only little by little; or off");

    private HealthSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                PATH, INTERVAL, TIMEOUT, RISE, FALL, STRICT, MAX_FAILS, FAIL_TIMEOUT, FAIL_STATUS, SILENCE, SLOW_START);
    }

    static HealthPlan plan(Configuration values) {
        return new HealthPlan(policy(values), Optional.of(values.value(PATH)).filter(path -> !path.equals(OFF)));
    }

    private static HealthPolicy policy(Configuration values) {
        HealthPolicy policy = HealthPolicy.every(values.value(INTERVAL))
                .withTimeout(values.value(TIMEOUT))
                .withRise(values.value(RISE))
                .withFall(values.value(FALL))
                .withSlowStart(values.value(SLOW_START))
                .withEjection(EjectionPolicy.after(values.value(MAX_FAILS))
                        .withTimeout(values.value(FAIL_TIMEOUT))
                        .withStatuses(values.value(FAIL_STATUS))
                        .withSilence(values.value(SILENCE)));
        return values.value(STRICT) ? policy.strict() : policy;
    }

    private static Duration orOff(String text) throws Parser.Unexpected {
        return text.equals(OFF)
                ? Duration.ZERO
                : durationOf(Duration.ofMillis(100)).parse(text);
    }

    private static Set<Integer> statuses(String text) throws Parser.Unexpected {
        Set<Integer> statuses = new TreeSet<>();
        if (text.equals(OFF)) {
            return statuses;
        }
        for (String part : text.split(",", -1)) {
            Matcher range = STATUSES.matcher(part.strip());
            if (!range.matches()) {
                throw new Parser.Unexpected("statuses and ranges of them, such as 500,502-504, or off");
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            IntStream.rangeClosed(first, last).forEach(statuses::add);
        }
        return statuses;
    }

    /** @param path what is asked for; without one it is enough to accept a connection */
    record HealthPlan(HealthPolicy policy, Optional<String> path) {}
}
