package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a listener says of itself on its page for the one that leads.
 *
 * @param name who it is
 * @param mandate by which mandate it acts
 * @param held the leaving replicas that have requests of it inside
 */
record Hearsay(String name, long mandate, double begun, double ended, int inside, int waiting, Set<String> held) {

    private static final String PREFIX = "symphony_listener_";

    /** @throws IllegalStateException where the page is no such page */
    static Hearsay parse(String page) {
        Map<String, PrometheusLine> lines = new HashMap<>();
        Set<String> held = page.lines()
                .filter(text -> !text.isBlank() && !text.startsWith("#"))
                .map(Hearsay::line)
                .peek(line -> lines.put(line.name(), line))
                .filter(line -> line.name().equals(PREFIX + "held"))
                .map(line -> line.labels().getOrDefault("replica", ""))
                .collect(Collectors.toSet());
        PrometheusLine mandate = required(lines, "mandate");
        return new Hearsay(
                mandate.labels().getOrDefault("listener", ""),
                (long) mandate.value(),
                required(lines, "begun_total").value(),
                required(lines, "ended_total").value(),
                (int) required(lines, "inside").value(),
                (int) required(lines, "waiting").value(),
                held);
    }

    private static PrometheusLine line(String text) {
        try {
            return PrometheusLine.sample(text);
        } catch (PrometheusLine.Malformed e) {
            throw new IllegalStateException("it answers '" + text + "': " + e.getMessage(), e);
        }
    }

    private static PrometheusLine required(Map<String, PrometheusLine> lines, String name) {
        PrometheusLine line = lines.get(PREFIX + name);
        if (line == null) {
            throw new IllegalStateException("its page has no " + PREFIX + name);
        }
        return line;
    }

    /** Whether it may still send to a replica that leaves since a mandate, or waits for its answer. */
    boolean holds(ReplicaId id, long since) {
        return mandate < since || held.contains(id.toString());
    }
}
