package io.symphony.examples;

import static io.symphony.examples.config.Parsers.oneOf;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.proxy.CounterName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the requests are counted that scaling goes by. */
final class CountSettings {
    /** Where they are counted: where they come in, or where they are answered. */
    enum From {
        FRONT,
        METRICS
    }

    static final Setting<From> FROM = Setting.of(
                    "count-from",
                    "front|metrics",
                    oneOf(Map.of("front", From.FRONT, "metrics", From.METRICS), "front or metrics"))
            .fallback("front")
            .saying("Where requests are counted for scaling: where they come in, or by a counter of each replica");
    static final Setting<String> PATH = Setting.of(
                    "metrics-path", "PATH", Parsers.text().when(text -> text.matches("/[!-~]*"), "a path from /"))
            .fallback("/metrics")
            .saying("For --count-from metrics: where each replica has its Prometheus page");
    static final Setting<CounterName> COUNTER = Setting.of("metrics-counter", "NAME", CountSettings::counter)
            .saying("For --count-from metrics: its counter of requests, as NAME or NAME{LABEL=\"VALUE\"}");

    private CountSettings() {}

    static List<Setting<?>> all() {
        return List.of(FROM, PATH, COUNTER);
    }

    /** Empty where they are counted as they come in. */
    static Optional<MetricsPlan> plan(Configuration values) {
        return values.value(FROM) == From.METRICS
                ? Optional.of(new MetricsPlan(values.value(PATH), values.value(COUNTER)))
                : Optional.empty();
    }

    private static CounterName counter(String text) throws Parser.Unexpected {
        try {
            return CounterName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Parser.Unexpected("a counter such as http_requests_total or requests_total{method=\"GET\"}");
        }
    }

    record MetricsPlan(String path, CounterName counter) {}
}
