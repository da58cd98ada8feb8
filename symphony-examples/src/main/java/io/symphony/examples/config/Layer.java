package io.symphony.examples.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One place where settings may be given. */
@FunctionalInterface
public interface Layer {

    Optional<Given> given(Setting<?> setting);

    /** The process' environment. A variable without a value counts as none, as compose files make them. */
    static Layer environment(Map<String, String> variables) {
        return setting -> setting.isFlagOnly()
                ? Optional.empty()
                : Optional.ofNullable(variables.get(setting.variable()))
                        .filter(text -> !text.isBlank())
                        .map(text -> new Given(List.of(text), setting.variable()));
    }

    /** Defaults that a command has instead of the settings' own. */
    static Layer defaults(Map<Setting<?>, String> texts) {
        return setting -> Optional.ofNullable(texts.get(setting)).map(Layer::byDefault);
    }

    /** The settings' own defaults. */
    static Layer fallbacks() {
        return setting -> setting.fallback().map(Layer::byDefault);
    }

    private static Given byDefault(String text) {
        return new Given(List.of(text), Configuration.DEFAULT);
    }
}
