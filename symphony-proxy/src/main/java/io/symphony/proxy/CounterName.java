package io.symphony.proxy;

import java.util.Map;

/**
 * Which counter of a Prometheus page is meant: its name, and labels that its series must have. All series that have them
 * count together.
 *
 * <pre>{@code
 * CounterName.parse("http_requests_total{method=\"GET\"}").labels(); // {method=GET}
 * }</pre>
 */
public record CounterName(String name, Map<String, String> labels) {

    public CounterName {
        labels = Map.copyOf(labels);
        if (!name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
            throw new IllegalArgumentException(
                    "counter: '" + name + "' (expected: a name such as http_requests_total)");
        }
    }

    /** Reads {@code name} or <code>name{label="value",...}</code>. */
    public static CounterName parse(String text) {
        try {
            PrometheusLine line = PrometheusLine.selector(text.strip());
            return new CounterName(line.name(), line.labels());
        } catch (PrometheusLine.Malformed e) {
            throw new IllegalArgumentException(
                    "counter: '" + text + "' (expected: NAME or NAME{LABEL=\"VALUE\",...}): " + e.getMessage(), e);
        }
    }

    boolean matches(PrometheusLine line) {
        return line.name().equals(name) && line.labels().entrySet().containsAll(labels.entrySet());
    }

    @Override
    public String toString() {
        return labels.isEmpty() ? name : name + labels;
    }
}
