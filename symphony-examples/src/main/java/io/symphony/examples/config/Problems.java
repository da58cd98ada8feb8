package io.symphony.examples.config;

import java.util.ArrayList;
import java.util.List;

/** All that is wrong with a configuration, so that it can be said at once. */
public final class Problems {
    private final List<String> sentences = new ArrayList<>();

    public void add(String sentence) {
        sentences.add(sentence);
    }

    public List<String> sentences() {
        return List.copyOf(sentences);
    }

    /** Ends here if anything is wrong. */
    public void throwIfAny() {
        if (!sentences.isEmpty()) {
            throw new WrongConfiguration(sentences);
        }
    }

    /** The configuration cannot be used; the message has one line for each reason. */
    public static final class WrongConfiguration extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        WrongConfiguration(List<String> sentences) {
            super(String.join(System.lineSeparator(), sentences));
        }
    }
}
