package io.symphony.examples.config;

import io.symphony.examples.config.Parser.Single;
import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** How the kinds of values are written. */
public final class Parsers {
    private static final String ADDRESS = "HOST:PORT, such as 127.0.0.1:8080; port 0 takes a free one";

    private Parsers() {}

    public static Single<String> text() {
        return text -> text;
    }

    public static Single<String> nonEmpty(String expectation) {
        return text().when(text -> !text.isBlank(), expectation);
    }

    public static Single<Integer> wholeNumber(int least, int most) {
        String expectation = most == Integer.MAX_VALUE
                ? "a whole number, " + least + " or more"
                : "a whole number, " + least + " to " + most;
        Single<Integer> number = text -> {
            try {
                return Integer.valueOf(text.strip());
            } catch (NumberFormatException e) {
                throw new Unexpected(expectation);
            }
        };
        return number.when(value -> value >= least && value <= most, expectation);
    }

    public static Single<Double> positive() {
        String expectation = "a number above 0";
        Single<Double> number = text -> {
            try {
                return Double.valueOf(text.strip());
            } catch (NumberFormatException e) {
                throw new Unexpected(expectation);
            }
        };
        return number.when(value -> value > 0 && Double.isFinite(value), expectation);
    }

    /** A share, written in percent: {@code 10%} is 0.1. */
    public static Single<Double> percent(int most) {
        String expectation = "a share of 0% to " + most + "%, such as 10%";
        Single<Double> share = text -> {
            String number = text.strip().endsWith("%")
                    ? text.strip().substring(0, text.strip().length() - 1)
                    : "";
            try {
                return Double.parseDouble(number.strip()) / 100;
            } catch (NumberFormatException e) {
                throw new Unexpected(expectation);
            }
        };
        return share.when(value -> value >= 0 && value <= most / 100.0, expectation);
    }

    public static Single<Duration> duration() {
        return Durations::parse;
    }

    public static Single<Duration> durationOf(Duration least) {
        return duration()
                .when(
                        value -> value.compareTo(least) >= 0,
                        "a duration of " + Durations.text(least) + " or more, such as 500ms, 2s, 5m");
    }

    public static Single<Boolean> onOrOff() {
        return oneOf(Map.of("true", true, "false", false), "true or false");
    }

    public static <T> Single<T> oneOf(Map<String, T> values, String expectation) {
        return text -> {
            T value = values.get(text.strip());
            if (value == null) {
                throw new Unexpected(expectation);
            }
            return value;
        };
    }

    /** A size of memory in bytes. */
    public static Single<Long> sizeBytes() {
        return Sizes::parseBytes;
    }

    /** A service's name. */
    public static Single<String> name() {
        return accepted(
                text(),
                text -> new ReplicaId(text, 1),
                "1 to 63 of a-z, 0-9, '-', '_', '.', starting and ending with a letter or digit");
    }

    /** A value that the library takes: what makes a right one is for the library to say. */
    public static <T> Single<T> accepted(Single<T> single, Function<T, ?> library, String expectation) {
        return text -> {
            T value = single.parse(text);
            try {
                Objects.requireNonNull(library.apply(value));
                return value;
            } catch (IllegalArgumentException e) {
                throw new Unexpected(expectation);
            }
        };
    }

    /** Values between commas, or one by one. */
    public static <T> Parser<List<T>> list(Single<T> single) {
        Parser<List<T>> each = Parser.each(single);
        return texts -> each.parse(texts.stream()
                .flatMap(text -> List.of(text.split(",", -1)).stream())
                .map(String::strip)
                .toList());
    }

    /** Where to listen; port 0 takes a free one. */
    public static Single<InetSocketAddress> address() {
        return text -> {
            boolean anyPort = text.endsWith(":0");
            Endpoint endpoint = endpoint(anyPort ? text.substring(0, text.length() - 1) + "1" : text, ADDRESS);
            return InetSocketAddress.createUnresolved(endpoint.host(), anyPort ? 0 : endpoint.port());
        };
    }

    /** One or more endpoints, between commas or one by one. */
    public static Parser<List<Endpoint>> endpoints() {
        return list(text -> endpoint(text, "HOST:PORT,HOST:PORT,..."));
    }

    /** A command: one text that is split as a shell would, or its words one by one. */
    public static Parser<List<String>> command() {
        return texts -> {
            List<String> words = texts.size() == 1 ? Words.split(texts.get(0)) : texts;
            if (words.isEmpty() || words.get(0).isBlank()) {
                throw new Unexpected("a program and its arguments, such as \"java -jar acts.jar\"");
            }
            return words;
        };
    }

    /** A variable and its value. */
    public static Single<Map.Entry<String, String>> variable() {
        return text -> {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new Unexpected("NAME=VALUE");
            }
            return Map.entry(text.substring(0, equals), text.substring(equals + 1));
        };
    }

    private static Endpoint endpoint(String text, String expectation) throws Unexpected {
        try {
            return Endpoint.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw new Unexpected(expectation);
        }
    }
}
