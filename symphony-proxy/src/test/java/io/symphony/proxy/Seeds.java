package io.symphony.proxy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Where fuzzing begins, and what every build runs of it: the corpora, each case as the target reads it. */
final class Seeds {

    private static final List<Corpus.Case> REQUESTS = Corpus.read("requests.corpus");
    private static final List<Corpus.Case> RESPONSES = Corpus.read("responses.corpus");
    private static final String GET = "GET /case HTTP/1.1\r\nHost: h\r\n\r\n";

    private Seeds() {}

    static Stream<byte[]> heads() {
        return Stream.concat(
                REQUESTS.stream().map(sent -> bytes("\0" + sent.text())),
                RESPONSES.stream().map(said -> bytes("\1" + said.text())));
    }

    static Stream<byte[]> chunks() {
        return Stream.concat(REQUESTS.stream(), RESPONSES.stream())
                .map(Corpus.Case::text)
                .filter(text -> text.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked\r\n\r\n"))
                .flatMap(text -> Stream.of("\0", "\1", "\u00ff").map(step -> bytes(step + body(text))));
    }

    static Stream<byte[]> exchanges() {
        return Stream.concat(
                REQUESTS.stream().map(sent -> bytes(sent.text())),
                RESPONSES.stream().map(said -> bytes(ask(said) + ExchangeTarget.BETWEEN + said.text())));
    }

    private static String ask(Corpus.Case said) {
        return said.all("ask").stream()
                        .findFirst()
                        .map(line -> line + "\r\nHost: h\r\n\r\n")
                        .orElse(GET)
                + GET;
    }

    private static String body(String text) {
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
