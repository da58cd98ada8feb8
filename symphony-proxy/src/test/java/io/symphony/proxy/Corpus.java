package io.symphony.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages written down as text, each with what is to become of it.
 *
 * <pre>
 * == the-id-of-the-case
 * reject 400 RFC 9112 2.2          a word, and what it means to the test that reads the corpus
 * awaits a fix of what              not played until this line is taken out
 * each \n \r                       the case once for each of these, in the place of {}
 * | GET / HTTP/1.1                 the bytes: a line ends with CR LF
 * | X: a{}\                        unless it ends with a backslash
 * | Y: b
 * |
 * </pre>
 *
 * <p>Escapes are {@code \r \n \t \0 \s \\ \xHH}, and {@code \{text*count}} for repetitions.
 */
final class Corpus {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-f]{2})|\\{(.*?)\\*([0-9]+)\\}|(.))");
    private static final String PLACE = "{}";

    /** One case: its words, each with the rest of its line, and its bytes. */
    record Case(String id, List<String> words, String text) {

        byte[] bytes() {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        boolean has(String word) {
            return words.stream().anyMatch(line -> line.equals(word) || line.startsWith(word + " "));
        }

        /** What follows each time that this word stands here. */
        List<String> all(String word) {
            return words.stream()
                    .filter(line -> line.startsWith(word + " "))
                    .map(line -> line.substring(word.length() + 1))
                    .toList();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    private final List<Case> cases = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final StringBuilder raw = new StringBuilder();
    private String id = "";

    private Corpus() {}

    static List<Case> read(String resource) {
        Corpus corpus = new Corpus();
        try (InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines().forEach(corpus::line);
            corpus.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(corpus.cases);
    }

    private void line(String line) {
        if (line.startsWith("== ")) {
            end();
            id = line.substring(3);
        } else if (line.startsWith("|")) {
            String content = line.length() < 2 ? "" : line.substring(2);
            boolean open = content.endsWith("\\") && !content.endsWith("\\\\");
            raw.append(open ? content.substring(0, content.length() - 1) : content + "\\r\\n");
        } else if (!line.isBlank() && !line.startsWith("#")) {
            words.add(line.strip());
        }
    }

    private void end() {
        if (!id.isEmpty()) {
            List<String> values = words.stream()
                    .filter(word -> word.startsWith("each "))
                    .flatMap(word -> Pattern.compile(" +").splitAsStream(word.substring(5)))
                    .toList();
            if (values.isEmpty()) {
                add(id, raw.toString(), "");
            }
            values.forEach(value -> add(id + " " + value, raw.toString().replace(PLACE, value), value));
        }
        words.clear();
        raw.setLength(0);
    }

    private void add(String name, String escaped, String value) {
        List<String> meant = words.stream()
                .map(word -> unescaped(word.replace(PLACE, value)))
                .toList();
        cases.add(new Case(name, meant, unescaped(escaped)));
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(meant((Matcher) escape)));
    }

    private static String meant(Matcher escape) {
        if (escape.group(1) != null) {
            return String.valueOf((char) Integer.parseInt(escape.group(1), 16));
        }
        if (escape.group(2) != null) {
            return unescaped(escape.group(2)).repeat(Integer.parseInt(escape.group(3)));
        }
        return switch (escape.group(4)) {
            case "r" -> "\r";
            case "n" -> "\n";
            case "t" -> "\t";
            case "0" -> "\0";
            case "s" -> " ";
            case "\\" -> "\\";
            default -> throw new IllegalArgumentException("escape: \\" + escape.group(4) + " (expected: rnt0s\\x{)");
        };
    }
}
