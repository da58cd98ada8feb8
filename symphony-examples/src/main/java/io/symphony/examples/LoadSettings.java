package io.symphony.examples;

import static io.symphony.examples.config.Parsers.duration;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/** The settings of {@code load}. */
final class LoadSettings {
    private static final String HEADER_FORM = "[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t\\x20-\\x7e\\x80-\\xff]*";

    static final Setting<Integer> NUMBER = Setting.of("number", "N", wholeNumber(1, Integer.MAX_VALUE))
            .orShort("-n")
            .fallback("1000")
            .saying("How many requests; with a duration and without this, as many as fit");
    static final Setting<Integer> CONCURRENT = Setting.of("concurrent", "N", wholeNumber(1, 100_000))
            .orShort("-c")
            .fallback("1")
            .saying("How many connections");
    static final Setting<URI> URL = Setting.of("url", "URL", LoadSettings::url)
            .orShort("-u")
            .fallback("http://localhost:8080")
            .saying("Where to");
    static final Setting<Duration> DURATION = Setting.of(
                    "duration", "D", duration().when(value -> !value.isZero(), "a duration above 0, such as 10s or 5m"))
            .orShort("-d")
            .saying("For how long");
    static final Setting<String> METHOD = Setting.of(
                    "method", "METHOD", Parsers.text().when(text -> text.matches("[A-Z]+"), "a method such as GET"))
            .orShort("-m")
            .saying("The method (default: GET, or POST where there is a body)");
    static final Setting<String> BODY = Setting.of("body", "TEXT", Parsers.text())
            .orShort("-b")
            .fallback("")
            .saying("The body");
    static final Setting<List<String>> HEADER = Setting.many(
                    "header",
                    "NAME: VALUE",
                    Parser.each(Parsers.text().when(text -> text.matches(HEADER_FORM), "NAME: VALUE")))
            .orShort("-H")
            .saying("A header; repeatable");
    static final Setting<Double> RATE = Setting.of("rate", "R", Parsers.positive())
            .saying("Requests a second, whatever the answers do (default: each as soon as a connection is free)");
    static final Setting<Duration> TIMEOUT = Setting.of(
                    "timeout",
                    "D",
                    duration().when(value -> !value.isZero(), "a duration above 0, such as 500ms or 30s"))
            .fallback("30s")
            .saying("How long an answer may take");
    static final Setting<Integer> THREADS =
            Setting.of("threads", "N", wholeNumber(1, 1024)).saying("Event loops (default: one for every two cores)");
    static final Setting<Boolean> JSON = Setting.toggle("json")
            .asFlagOnly()
            .saying("The result as one JSON object; progress goes to the error output");

    private LoadSettings() {}

    static List<Setting<?>> all() {
        return List.of(NUMBER, CONCURRENT, URL, DURATION, METHOD, BODY, HEADER, RATE, TIMEOUT, THREADS, JSON);
    }

    static String method(Configuration configuration) {
        boolean hasBody = !configuration.value(BODY).isEmpty();
        return configuration.find(METHOD).orElse(hasBody ? "POST" : "GET");
    }

    private static URI url(String text) throws Unexpected {
        try {
            URI url = new URI(text.contains("://") ? text : "http://" + text);
            if ("http".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new Unexpected("a URL such as http://localhost:8080/path, not one with " + e.getReason());
        }
        throw new Unexpected("a URL such as http://localhost:8080/path; https is not supported");
    }
}
