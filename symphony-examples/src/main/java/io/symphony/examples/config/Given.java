package io.symphony.examples.config;

import java.util.List;

/**
 * What was written for a setting, and where.
 *
 * @param place what to call that place in an error: the flag, the variable, or the file with its line
 */
public record Given(List<String> texts, String place) {
    public Given {
        texts = List.copyOf(texts);
    }

    /** The same as far as anybody may see it. */
    Given shown(Setting<?> setting) {
        return new Given(texts.stream().map(setting::shown).toList(), place);
    }

    /** Says what is wrong with it. */
    public String problem(String expectation) {
        String text = String.join(", ", texts);
        return place + ": " + (text.isBlank() ? "no value" : text) + " (expected: " + expectation + ")";
    }
}
