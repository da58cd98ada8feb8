package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {

    private final RequestHead head = new RequestHead(16, 64);

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("G<T / HTTP/1.1\r\n", Refusal.BAD_METHOD),
                arguments(" GET / HTTP/1.1\r\n", Refusal.BAD_METHOD),
                arguments("\r\n\r\nGET / HTTP/1.1\r\n", Refusal.BAD_METHOD),
                arguments("M".repeat(33), Refusal.LONG_METHOD),
                arguments("GET  / HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET /\tHTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET /a#b HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET /\u00e9 HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET a HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET * HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET file:///etc HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET http://u:p@h/ HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET http:/// HTTP/1.1\r\n", Refusal.BAD_TARGET),
                arguments("GET /" + "a".repeat(64) + " HTTP/1.1\r\n", Refusal.LONG_TARGET),
                arguments("CONNECT h:1 HTTP/1.1\r\n", Refusal.CONNECT),
                arguments("GET / http/1.1\r\n", Refusal.BAD_LINE),
                arguments("GET / HTTP/1.1 \r\n", Refusal.BAD_LINE),
                arguments("GET / HTTP/1.10\r\n", Refusal.BAD_LINE),
                arguments("GET / HTTP/11\r\n\r\n", Refusal.BAD_LINE),
                arguments("GET / HTTP/2.0\r\n", Refusal.BAD_VERSION),
                arguments("GET / HTTP/0.9\r\n", Refusal.BAD_VERSION),
                arguments("GET / HTTP/1.1\n", Refusal.BARE_LF),
                arguments("GET / HTTP/1.1\r\r", Refusal.BARE_CR),
                arguments(line("A : b"), Refusal.BLANK_BEFORE_COLON),
                arguments(line(" A: b"), Refusal.FOLDED),
                arguments(line(": b"), Refusal.BAD_NAME),
                arguments(line("A(: b"), Refusal.BAD_NAME),
                arguments(line("A\u00e9: b"), Refusal.BAD_NAME),
                arguments(line("no-colon"), Refusal.BAD_NAME),
                arguments(line("A: b\u0000"), Refusal.BAD_VALUE),
                arguments(line("A: b\u007f"), Refusal.BAD_VALUE),
                arguments(line("A: b\nC: d"), Refusal.BARE_LF),
                arguments(line("A: b\rC: d"), Refusal.BARE_CR),
                arguments(line("A: b\r\n\n"), Refusal.BARE_LF),
                arguments(line("Host: b"), Refusal.MANY_HOSTS),
                arguments("GET / HTTP/1.1\r\nHost: a b\r\n", Refusal.BAD_HOST),
                arguments("GET / HTTP/1.1\r\nHost:\r\n", Refusal.BAD_HOST),
                arguments("GET / HTTP/1.1\r\nHost: a/b\r\n", Refusal.BAD_HOST),
                arguments("GET / HTTP/1.1\r\nHost: u@h\r\n", Refusal.BAD_HOST),
                arguments("GET / HTTP/1.1\r\nHost: a:b\r\n", Refusal.BAD_HOST),
                arguments("GET / HTTP/1.1\r\nHost: a:1:2\r\n", Refusal.BAD_HOST),
                arguments("GET / HTTP/1.1\r\nHost: [::1\r\n", Refusal.BAD_HOST),
                arguments("GET / HTTP/1.1\r\nA: b\r\n\r\n", Refusal.NO_HOST),
                arguments(line("Content-Length: "), Refusal.BAD_LENGTH),
                arguments(line("Content-Length: +1"), Refusal.BAD_LENGTH),
                arguments(line("Content-Length: 1, 1"), Refusal.BAD_LENGTH),
                arguments(line("Content-Length: 0x1"), Refusal.BAD_LENGTH),
                arguments(line("Content-Length: 9999999999999999999"), Refusal.BAD_LENGTH),
                arguments(line("Content-Length: 1\r\nContent-Length: 1"), Refusal.MANY_LENGTHS),
                arguments(line("Content-Length: 1\r\nTransfer-Encoding: chunked"), Refusal.LENGTH_AND_CODING),
                arguments(line("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), Refusal.MANY_CODINGS),
                arguments(line("Transfer-Encoding: gzip, chunked"), Refusal.UNKNOWN_CODING),
                arguments(line("Transfer-Encoding: gzip"), Refusal.BAD_CODING),
                arguments(line("Transfer-Encoding: chunked, chunked"), Refusal.BAD_CODING),
                arguments(line("Transfer-Encoding: ,chunked"), Refusal.BAD_CODING),
                arguments(line("Transfer-Encoding: \"chunked\""), Refusal.BAD_CODING),
                arguments(line("Transfer-Encoding: chunked;a=b"), Refusal.BAD_CODING),
                arguments(line("Transfer-Encoding: "), Refusal.BAD_CODING),
                arguments("GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", Refusal.OLD_CODING),
                arguments(line("Connection: a b"), Refusal.BAD_CONNECTION),
                arguments(line("Connection: Content-Length"), Refusal.BAD_CONNECTION),
                arguments(line("Connection: host"), Refusal.BAD_CONNECTION),
                arguments(line("Expect: a miracle"), Refusal.BAD_EXPECTATION),
                arguments(line("Max-Forwards: -1"), Refusal.BAD_HOPS),
                arguments(line("A: b\r\n".repeat(15) + "A: b"), Refusal.MANY_FIELDS));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsAmbiguousOrMalformedIsRefused(String text, Refusal why) {
        assertThat(parse(text)).isEqualTo(Head.REFUSED);
        assertThat(head.refusal()).isEqualTo(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PURGE-X /a?b=%00|{} HTTP/1.1\r\nHost:a:80\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n",
                "GET http://h:81/a HTTP/1.1\r\nHost: other\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                "GET / HTTP/1.9\r\nHost: a\r\n\r\n",
                "POST / HTTP/1.1\r\nhOST: a\r\nX:\r\nY: \t caf\u00e9 \t\r\ntransfer-encoding: CHUNKED\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: ,close,, X-Hop ,\r\n\r\n"
            })
    void whatIsCleanIsReadAndNoPrefixOfItIsTakenForTheWhole(String text) {
        for (int length = 0; length < text.length(); length++) {
            assertThat(parse(text.substring(0, length)))
                    .as(text.substring(0, length))
                    .isEqualTo(Head.INCOMPLETE);
        }
        assertThat(parse(text)).isEqualTo(text.length());
        assertThat(parse(text + "GET")).isEqualTo(text.length());
    }

    @Test
    void oneHeadCarriesNothingOverToTheNext() {
        parse(line("Content-Length: 7\r\nConnection: close\r\nExpect: 100-continue\r\nMax-Forwards: 3\r\n"));
        parse("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(head.contentLength()).isEqualTo(Head.NO_LENGTH);
        assertThat(head.persists()).isTrue();
        assertThat(head.continues()).isFalse();
        assertThat(head.hops()).isEqualTo(-1);
    }

    @Test
    void anHttp10ClientPersistsOnlyWhenItAsks() {
        parse("GET / HTTP/1.0\r\n\r\n");
        assertThat(head.persists()).isFalse();
        parse("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
        assertThat(head.persists()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void theseMethodsMayBeSentTwice(String method) {
        parse(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(head.idempotent()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "get", "PURGE"})
    void theseMayNotUnlessTheyHaveAKey(String method) {
        parse(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(head.idempotent()).isFalse();
        parse(method + " / HTTP/1.1\r\nHost: a\r\nIdempotency-Key: 1\r\n\r\n");
        assertThat(head.idempotent()).isTrue();
    }

    @Test
    void aKeyThatStopsHereDoesNotMakeARequestRepeatable() {
        parse("POST / HTTP/1.1\r\nHost: a\r\nIdempotency-Key: 1\r\nConnection: idempotency-key\r\n\r\n");
        assertThat(head.idempotent()).isFalse();
    }

    private static String line(String line) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + line + "\r\n\r\n";
    }

    private int parse(String text) {
        byte[] bytes = Octets.ascii(text);
        return head.parse(bytes, 0, bytes.length);
    }
}
