package io.symphony.examples.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes a value of what was written, or says what it expected instead. */
@FunctionalInterface
public interface Parser<T> {

    T parse(List<String> texts) throws Unexpected;

    /** A value that is written once. */
    static <T> Parser<T> once(Single<T> single) {
        return texts -> {
            if (texts.size() != 1) {
                throw new Unexpected("one value, not " + texts.size());
            }
            return single.parse(texts.get(0));
        };
    }

    /** A value that may be written again and again. */
    static <T> Parser<List<T>> each(Single<T> single) {
        return texts -> {
            List<T> values = new ArrayList<>();
            for (String text : texts) {
                values.add(single.parse(text));
            }
            return List.copyOf(values);
        };
    }

    /** Makes a value of one text. */
    @FunctionalInterface
    interface Single<T> {
        T parse(String text) throws Unexpected;

        /** The same, and something made of its value. */
        default <U> Single<U> to(Function<T, U> made) {
            return text -> made.apply(parse(text));
        }

        /** The same, for values that also hold to a rule. */
        default Single<T> when(Predicate<T> rule, String expectation) {
            return text -> {
                T value = parse(text);
                if (!rule.test(value)) {
                    throw new Unexpected(expectation);
                }
                return value;
            };
        }
    }

    /** A text is not what a parser expected; the message is the expectation. */
    final class Unexpected extends Exception {
        private static final long serialVersionUID = 1;

        public Unexpected(String expectation) {
            super(expectation);
        }
    }
}
