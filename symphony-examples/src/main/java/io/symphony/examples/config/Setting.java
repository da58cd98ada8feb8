package io.symphony.examples.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
    private static final String HIDDEN = "***";

    private final String key;
    private final String param;
    private final Parser<T> parser;
    private final List<String> shortFlags = new ArrayList<>();
    private Optional<String> fallback = Optional.empty();
    private String description = "";
    private boolean flagOnly;
    private Optional<UnaryOperator<String>> shown = Optional.empty();

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
        return showing(text -> HIDDEN);
    }

    /** A setting of names with values, of which the names alone are shown. */
    public Setting<T> asSecretValues() {
        return showing(text -> text.replaceFirst("=.*", "=" + HIDDEN));
    }

    private Setting<T> showing(UnaryOperator<String> mask) {
        shown = Optional.of(mask);
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

    /** Whether not all that was written for it is shown. */
    public boolean hidesValue() {
        return shown.isPresent();
    }

    /** What is shown of a text that was written for it. */
    String shown(String text) {
        return shown.map(mask -> mask.apply(text)).orElse(text);
    }

    public Optional<String> fallback() {
        return fallback;
    }

    public T parse(List<String> texts) throws Parser.Unexpected {
        return parser.parse(texts);
    }

    @Override
    public String toString() {
        return key;
    }
}
