package io.symphony.proxy.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** The fields of a head, in their order. Names are compared without regard to case. */
public final class Fields {

    public static final Fields NONE = new Fields(List.of());

    private record Line(String name, String value) {

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private final List<Line> lines;

    private Fields(List<Line> lines) {
        this.lines = lines;
    }

    /** Names and values in turn. */
    public static Fields of(String... namesAndValues) {
        Fields fields = NONE;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields = fields.with(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    /** Those that are put together line by line. */
    public static final class Builder {

        private final List<Line> lines = new ArrayList<>();

        public Builder add(String name, String value) {
            lines.add(new Line(name, value));
            return this;
        }

        public Fields build() {
            return new Fields(List.copyOf(lines));
        }
    }

    public Fields with(String name, String value) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(name, value));
        return new Fields(List.copyOf(more));
    }

    /** All of these and all of those. */
    Fields and(Fields more) {
        List<Line> both = new ArrayList<>(lines);
        both.addAll(more.lines);
        return new Fields(List.copyOf(both));
    }

    /** Those that do not go by any of these names, which are written in lower case. */
    public Fields without(Set<String> names) {
        return new Fields(lines.stream()
                .filter(line -> !names.contains(line.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    public boolean isEmpty() {
        return lines.isEmpty();
    }

    public boolean has(String name) {
        return lines.stream().anyMatch(line -> line.is(name));
    }

    /** The value of the first one of this name. */
    public Optional<String> first(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Line::value).findFirst();
    }

    /** The values of all of this name, as one list (RFC 9110, 5.2). */
    String joined(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Line::value).collect(Collectors.joining(", "));
    }

    /** The names that there are, in lower case. */
    Set<String> names() {
        return lines.stream().map(line -> line.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    public void forEach(BiConsumer<String, String> reader) {
        lines.forEach(line -> reader.accept(line.name(), line.value()));
    }

    /** How many characters there are. */
    int length() {
        return lines.stream()
                .mapToInt(line -> line.name().length() + line.value().length())
                .sum();
    }

    @Override
    public String toString() {
        return lines.stream().map(line -> line.name() + ": " + line.value()).collect(Collectors.joining("; "));
    }
}
