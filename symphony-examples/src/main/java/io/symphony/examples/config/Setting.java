package io.symphony.examples.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set. Its flag, its environment variable and its key in a file all follow from its name.
 *
 * <pre>{@code
 * Setting<Integer> min = Setting.of("min", "N", Parsers.wholeNumber(0)).fallback("1").saying("The fewest replicas");
 * min.flag();     // --min
 * min.variable(); // SYMPHONY_MIN
 * }</pre>
 */
public final class Setting<T> {
    private final String key;
    private final String param;
    private final Parser<T> parser;
    private final List<String> shortFlags = new ArrayList<>();
    private Optional<String> fallback = Optional.empty();
    private String description = "";
    private boolean flagOnly;
    private boolean secret;

    private Setting(String key, String param, Parser<T> parser) {
        this.key = key;
        this.param = param;
        this.parser = parser;
    }

    public static <T> Setting<T> of(String key, String param, Parser.Single<T> parser) {
        return new Setting<>(key, param, Parser.once(parser));
    }

    /** A setting that takes several values. */
    public static <T> Setting<T> many(String key, String param, Parser<T> parser) {
        return new Setting<>(key, param, parser);
    }

    /** A setting that is on or off. */
    public static Setting<Boolean> toggle(String key) {
        return of(key, "", Parsers.onOrOff()).fallback("false");
    }

    public Setting<T> fallback(String text) {
        fallback = Optional.of(text);
        return this;
    }

    public Setting<T> saying(String text) {
        description = text;
        return this;
    }

    public Setting<T> orShort(String flag) {
        shortFlags.add(flag);
        return this;
    }

    /** A setting of this one call, which makes no sense in a file or an environment. */
    public Setting<T> asFlagOnly() {
        flagOnly = true;
        return this;
    }

    /** A setting whose value is shown to nobody. */
    public Setting<T> asSecret() {
        secret = true;
        return this;
    }

    public String key() {
        return key;
    }

    /** What stands for the value in a usage text; empty for a toggle. */
    public String param() {
        return param;
    }

    public String description() {
        return description;
    }

    public String flag() {
        return "--" + key;
    }

    public List<String> shortFlags() {
        return List.copyOf(shortFlags);
    }

    public String variable() {
        return "SYMPHONY_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    public boolean isToggle() {
        return param.isEmpty();
    }

    public boolean isFlagOnly() {
        return flagOnly;
    }

    public boolean isSecret() {
        return secret;
    }

    public Optional<String> fallback() {
        return fallback;
    }

    public T parse(List<String> texts) throws Parser.Unexpected {
        return parser.parse(texts);
    }
}
