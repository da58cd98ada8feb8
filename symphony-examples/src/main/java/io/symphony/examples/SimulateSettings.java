package io.symphony.examples;

import static io.symphony.examples.config.Parsers.durationOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.examples.recording.Recording;
import io.symphony.rehearsal.Rehearsal;
import io.symphony.rehearsal.ServiceModel;
import io.symphony.rehearsal.Trace;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The settings of {@code simulate}. */
final class SimulateSettings {
    /** The traces that come along. */
    static final Map<String, Supplier<Trace>> SHAPES =
            Map.of("daily", Trace::daily, "flash-crowd", Trace::flashCrowd, "square", Trace::square);

    static final Setting<String> TRACE = Setting.of("trace", "NAME|FILE", Parsers.nonEmpty("a name or a file"))
            .fallback("flash-crowd")
            .saying("The traffic: daily, flash-crowd, square, or a file with lines of second,requests; a recording of"
                    + " up --record is replayed, or, with --policy, is a trace too");
    static final Setting<Double> TIMES =
            Setting.of("times", "X", Parsers.positive()).fallback("1").saying("X times as many requests");
    static final Setting<List<Candidate>> POLICIES = Setting.many(
                    "policy", "POLICY[=N],...", Parsers.list(Candidate::parse))
            .fallback("requests,rps,concurrency,auto")
            .saying("Which to try beside each other: " + Candidate.EXPECTATION
                    + "; N is its target, or its base-scale-count");
    static final Setting<Duration> START_TIME = Setting.of("start-time", "D", durationOf(Duration.ofMillis(1)))
            .fallback("8s")
            .saying("How long a replica takes until it serves");
    static final Setting<Duration> SERVICE_TIME = Setting.of("service-time", "D", durationOf(Duration.ofMillis(1)))
            .fallback("50ms")
            .saying("How long a request keeps a worker busy on the average");
    static final Setting<Integer> CONCURRENCY = Setting.of("concurrency", "N", wholeNumber(1, 10_000))
            .fallback("8")
            .saying("How many requests a replica works on at a time");
    static final Setting<Duration> PATIENCE = Setting.of("patience", "D", durationOf(Duration.ofMillis(1)))
            .fallback("10s")
            .saying("How long a request waits before its client gives up");
    static final Setting<Integer> MAX =
            Setting.of("max", "N", wholeNumber(1, 10_000)).fallback("40").saying("The most replicas");
    static final Setting<String> SVG = Setting.of("svg", "FILE", Parsers.nonEmpty("a file"))
            .saying("Draw replicas and waiting requests into this file");

    private SimulateSettings() {}

    static List<Setting<?>> all() {
        return Stream.of(
                        List.of(TRACE, TIMES, POLICIES, ScalingSettings.MIN, MAX, SVG),
                        List.of(START_TIME, SERVICE_TIME, CONCURRENCY, PATIENCE),
                        List.of(
                                PolicySettings.OBJECTIVE,
                                PolicySettings.BASE_SCALE_COUNT,
                                PolicySettings.TARGET,
                                PolicySettings.WINDOW,
                                PolicySettings.SCHEDULE,
                                PolicySettings.ZONE,
                                ScalingSettings.CHANGES_PER_HOUR),
                        CalmSettings.all())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    static ServiceModel service(Configuration values) {
        return new ServiceModel(
                values.value(START_TIME),
                values.value(SERVICE_TIME),
                values.value(CONCURRENCY),
                values.value(PATIENCE));
    }

    /** The recording that is to be replayed; empty where a trace or other policies are given. */
    static Optional<Recording> recording(Configuration values) throws IOException {
        return values.isGiven(POLICIES) || SHAPES.containsKey(values.value(TRACE))
                ? Optional.empty()
                : read(values, Recording::in);
    }

    static Trace trace(Configuration values) throws IOException {
        Supplier<Trace> shape = SHAPES.get(values.value(TRACE));
        Trace trace = shape == null ? read(values, SimulateSettings::traceIn) : shape.get();
        double times = values.value(TIMES);
        return times == 1 ? trace : trace.times(times);
    }

    private static Trace traceIn(Path file) throws IOException {
        Optional<Recording> recording = Recording.in(file);
        return recording.isPresent() ? recording.get().trace() : Trace.read(file);
    }

    private static <T> T read(Configuration values, Reading<T> reading) throws IOException {
        Path file = Path.of(values.value(TRACE));
        try {
            return reading.of(file);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "--trace: " + file + ": no such file (expected: daily, flash-crowd, square, or a file"
                            + " with lines of second,requests)",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("--trace: " + file + ": " + e.getMessage(), e);
        }
    }

    /** What may be read from a file. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(Path file) throws IOException;
    }

    static Rehearsal rehearsal(Trace trace, Configuration values) {
        Rehearsal rehearsal = Rehearsal.of(trace)
                .between(values.value(ScalingSettings.MIN), values.value(MAX))
                .on(service(values))
                .within(values.value(PolicySettings.OBJECTIVE));
        return values.find(ScalingSettings.CHANGES_PER_HOUR)
                .map(rehearsal::changesPerHour)
                .orElse(rehearsal);
    }
}
