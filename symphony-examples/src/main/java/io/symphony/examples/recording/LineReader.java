package io.symphony.examples.recording;

import io.symphony.scaling.Deliberation;
import io.symphony.scaling.Sample;
import io.symphony.scaling.Staff;
import io.symphony.scaling.Target;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one line of a recording. JSON is YAML, too, so the reader of configuration files does. */
final class LineReader {
    private final String line;
    private final long number;

    LineReader(String line, long number) {
        this.line = line;
        this.number = number;
    }

    Map<String, Object> object() throws IOException {
        try {
            return members(new Load(LoadSettings.builder().build()).loadFromString(line));
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw wrong(e);
        }
    }

    Deliberation deliberation() throws IOException {
        Map<String, Object> all = object();
        try {
            Object answer = all.get("answer");
            return new Deliberation(
                    sample(members(all.get("sample"))),
                    truth(all, "counted"),
                    staff(members(all.get("staff"))),
                    answer == null ? Optional.empty() : Optional.of(target(members(answer))),
                    target(members(all.get("decided"))),
                    whole(all, "ready"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(e);
        }
    }

    /** The last line of a program that was killed may be half of one. */
    private IOException wrong(Exception cause) {
        return new IOException(
                "line " + number + " is no line of a recording (expected: JSON as --record writes it)", cause);
    }

    private static Sample sample(Map<String, Object> of) {
        Map<String, Double> gauges = new HashMap<>();
        members(of.get("gauges"))
                .forEach((name, value) -> gauges.put(name, number(value).doubleValue()));
        return new Sample(
                Duration.ofNanos(number(of.get("nanos")).longValue()),
                Instant.parse(String.valueOf(of.get("time"))),
                number(of.get("requests")).longValue(),
                number(of.get("ended")).longValue(),
                whole(of, "inside"),
                whole(of, "waiting"),
                gauges);
    }

    private static Staff staff(Map<String, Object> of) {
        Object time = of.get("timeToReadyNanos");
        return new Staff(
                whole(of, "ready"),
                whole(of, "starting"),
                whole(of, "target"),
                whole(of, "min"),
                whole(of, "max"),
                truth(of, "rollingOut"),
                time == null
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(number(time).longValue())));
    }

    private static Target target(Map<String, Object> of) {
        Object wanted = of.get("wanted");
        return new Target(
                whole(of, "replicas"),
                String.valueOf(of.get("reason")),
                wanted == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(number(wanted).doubleValue()));
    }

    private static int whole(Map<String, Object> of, String name) {
        return number(of.get(name)).intValue();
    }

    private static boolean truth(Map<String, Object> of, String name) {
        return of.get(name) instanceof Boolean truth && truth;
    }

    private static Number number(@Nullable Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException(value + " (expected: a number)");
    }

    private static Map<String, Object> members(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException(value + " (expected: an object)");
        }
        Map<String, Object> members = new HashMap<>();
        map.forEach((name, each) -> members.put(String.valueOf(name), each));
        return members;
    }
}
