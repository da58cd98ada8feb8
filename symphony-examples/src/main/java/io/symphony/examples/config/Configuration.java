package io.symphony.examples.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The value that each setting has in the end, and where it was given: the first of the layers that has one. */
public final class Configuration {
    static final String DEFAULT = "default";

    private final Map<Setting<?>, Entry> entries = new LinkedHashMap<>();
    private final Set<Setting<?>> wrong = new HashSet<>();

    private Configuration() {}

    /** Asks the layers for each setting, the strongest first. What is wrong goes to the problems, and has no value. */
    public static Configuration resolve(Collection<Setting<?>> table, List<Layer> layers, Problems problems) {
        Configuration configuration = new Configuration();
        for (Setting<?> setting : table) {
            layers.stream()
                    .flatMap(layer -> layer.given(setting).stream())
                    .findFirst()
                    .ifPresent(given -> configuration.take(setting, given, problems));
        }
        return configuration;
    }

    /** The value of a setting that always has one. */
    public <T> T value(Setting<T> setting) {
        return find(setting)
                .orElseThrow(
                        () -> new IllegalStateException(setting.key() + ": no value (expected: one, or a default)"));
    }

    public <T> Optional<T> find(Setting<T> setting) {
        // Only take() puts values in, and under the setting that made them.
        @SuppressWarnings("unchecked")
        Optional<T> value = Optional.ofNullable(entries.get(setting)).map(entry -> (T) entry.value());
        return value;
    }

    /** What somebody wrote for a setting; empty where it has its default or nothing. */
    public Optional<Given> explicit(Setting<?> setting) {
        return Optional.ofNullable(entries.get(setting))
                .map(Entry::given)
                .filter(given -> !given.place().equals(DEFAULT));
    }

    /** Whether somebody wrote something for a setting, be it right or wrong. */
    public boolean isGiven(Setting<?> setting) {
        return wrong.contains(setting) || explicit(setting).isPresent();
    }

    /** Every setting with its value and where that came from, one a line. */
    public String table() {
        return entries.entrySet().stream()
                .map(each -> String.format(
                        "%-18s %-32s %s%n",
                        each.getKey().key(),
                        masked(each.getKey(), each.getValue().given()),
                        each.getValue().given().place()))
                .collect(Collectors.joining());
    }

    private <T> void take(Setting<T> setting, Given given, Problems problems) {
        try {
            entries.put(setting, new Entry(setting.parse(given.texts()), given));
        } catch (Parser.Unexpected e) {
            wrong.add(setting);
            problems.add((setting.isSecret() ? given.masked() : given).problem(String.valueOf(e.getMessage())));
        }
    }

    /** The values of variables may be secrets. */
    private static String masked(Setting<?> setting, Given given) {
        return given.texts().stream()
                .map(text -> setting.key().equals("env") ? text.replaceFirst("=.*", "=***") : text)
                .map(text -> setting.isSecret() ? "***" : text)
                .collect(Collectors.joining(", "));
    }

    private record Entry(Object value, Given given) {}
}
