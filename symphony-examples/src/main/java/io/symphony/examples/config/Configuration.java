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
                        shown(each.getKey(), each.getValue().given()),
                        each.getValue().given().place()))
                .collect(Collectors.joining());
    }

    /**
     * These settings as a file that means the same. What nobody wrote stands there as a comment, for written down it
     * would be as good as asked for; and so does what is secret, without its value.
     */
    public String file(Collection<Setting<?>> table) {
        return entries.entrySet().stream()
                .filter(each -> table.contains(each.getKey()))
                .map(each -> line(each.getKey(), each.getValue().given()))
                .collect(Collectors.joining());
    }

    private static String line(Setting<?> setting, Given given) {
        if (setting.hidesValue()) {
            return "# " + setting.key() + ": " + shown(setting, given) + "  # " + given.place()
                    + ", and to be given there again\n";
        }
        String value = given.texts().size() == 1
                ? Yaml.scalar(given.texts().get(0))
                : given.texts().stream().map(Yaml::scalar).collect(Collectors.joining(", ", "[", "]"));
        String comment = given.place().equals(DEFAULT) ? "# " : "";
        return comment + setting.key() + ": " + value + "  # " + given.place() + "\n";
    }

    private <T> void take(Setting<T> setting, Given given, Problems problems) {
        try {
            entries.put(setting, new Entry(setting.parse(given.texts()), given));
        } catch (Parser.Unexpected e) {
            wrong.add(setting);
            problems.add(given.shown(setting).problem(String.valueOf(e.getMessage())));
        }
    }

    private static String shown(Setting<?> setting, Given given) {
        return String.join(", ", given.shown(setting).texts());
    }

    private record Entry(Object value, Given given) {}
}
