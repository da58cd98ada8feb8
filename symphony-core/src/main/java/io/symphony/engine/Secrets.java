package io.symphony.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The values that nobody may read in what we say: those of the replicas' environment. A replica's last output, or the
 * runtime's complaint, may repeat them.
 */
final class Secrets {

    /** Shorter ones are words such as {@code 1}, {@code on} or {@code dev}, which would blot out half of every sentence. */
    private static final int SHORTEST = 4;

    private static final List<String> HARMLESS = List.of("true", "false", "null", "none");

    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    /** The longest first, since one value may be a part of another. */
    static Secrets of(Collection<String> values) {
        return new Secrets(values.stream()
                .filter(value -> value.length() >= SHORTEST && !HARMLESS.contains(value))
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    String masked(String text) {
        String result = text;
        for (String value : values) {
            result = result.replace(value, "***");
        }
        return result;
    }
}
