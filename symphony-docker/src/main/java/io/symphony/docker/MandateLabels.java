package io.symphony.docker;

import io.symphony.spi.Mandate;
import io.symphony.spi.Mandate.Decree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** A mandate as the labels of a service. None of them is one that replicas bear. */
final class MandateLabels {

    private static final String SERVICE = "io.symphony.mandate";
    private static final String LEADER = "io.symphony.leader";
    private static final String TERM = "io.symphony.term";
    private static final String NUMBER = "io.symphony.renewed";
    private static final String HIGHEST = "io.symphony.highest";
    private static final String TARGET = "io.symphony.target";
    private static final String ORDERED = "io.symphony.ordered";
    private static final String LEAVING = "io.symphony.leaving";

    private MandateLabels() {}

    static Map<String, String> of(String service, Mandate mandate) {
        Decree decree = mandate.decree();
        Map<String, String> labels = new HashMap<>();
        labels.put(SERVICE, service);
        mandate.leader().ifPresent(leader -> labels.put(LEADER, leader));
        labels.put(TERM, Long.toString(mandate.term()));
        labels.put(NUMBER, Long.toString(mandate.number()));
        labels.put(HIGHEST, Long.toString(decree.highestNumber()));
        labels.put(TARGET, Integer.toString(decree.target()));
        decree.ordered().ifPresent(replicas -> labels.put(ORDERED, Integer.toString(replicas)));
        labels.put(
                LEAVING, decree.leaving().stream().sorted().map(String::valueOf).collect(Collectors.joining(",")));
        return labels;
    }

    /** @throws IllegalArgumentException where they say no mandate */
    static Mandate parse(Map<String, String> labels) {
        String ordered = labels.get(ORDERED);
        Decree decree = new Decree(
                number(labels, HIGHEST),
                Math.toIntExact(number(labels, TARGET)),
                ordered == null ? OptionalInt.empty() : OptionalInt.of(Math.toIntExact(number(labels, ORDERED))),
                leaving(labels.getOrDefault(LEAVING, "")));
        return new Mandate(
                Optional.ofNullable(labels.get(LEADER)), number(labels, TERM), number(labels, NUMBER), decree);
    }

    private static long number(Map<String, String> labels, String label) {
        String text = labels.getOrDefault(label, "");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(label + ": '" + text + "' (expected: a number)", e);
        }
    }

    private static Set<Long> leaving(String numbers) {
        return numbers.isEmpty()
                ? Set.of()
                : Arrays.stream(numbers.split(",", -1)).map(Long::parseLong).collect(Collectors.toSet());
    }
}
