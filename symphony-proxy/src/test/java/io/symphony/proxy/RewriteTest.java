package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RewriteTest {

    /** A day below ten, which must have two digits all the same. */
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:37.9Z");

    private static final String DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT|";
    private static final HeaderPolicy PLAIN =
            HeaderPolicy.defaults().withoutVia().withoutXForwarded();

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments("GET /a?b HTTP/1.1|Host: h|A: 1|", "GET /a?b HTTP/1.1|Host: h|A: 1|"),
                arguments("GET / HTTP/1.0|", "GET / HTTP/1.1|Host: 10.0.0.2:8080|"),
                arguments("GET http://x:1/a HTTP/1.1|A: 1|Host: h|", "GET /a HTTP/1.1|Host: x:1|A: 1|"),
                arguments("GET http://x HTTP/1.1|Host: h|", "GET / HTTP/1.1|Host: x|"),
                arguments("GET http://x?q HTTP/1.1|Host: h|", "GET /?q HTTP/1.1|Host: x|"),
                arguments("OPTIONS http://x HTTP/1.1|Host: h|", "OPTIONS * HTTP/1.1|Host: x|"),
                arguments(
                        "GET / HTTP/1.1|Host: h|Connection: close, X-Hop|X-Hop: s|Keep-Alive: 5|TE: trailers|B: 2|",
                        "GET / HTTP/1.1|Host: h|B: 2|"),
                arguments(
                        "GET / HTTP/1.1|Proxy-Connection: k|Proxy-Authorization: k|Host: h|",
                        "GET / HTTP/1.1|Host: h|"),
                arguments(
                        "GET / HTTP/1.1|Host: h|Connection: upgrade|Upgrade: h2c|HTTP2-Settings: A|",
                        "GET / HTTP/1.1|Host: h|"),
                arguments(
                        "GET / HTTP/1.1|Host: h|Connection: Upgrade|Upgrade: WebSocket|",
                        "GET / HTTP/1.1|Host: h|Connection: upgrade|Upgrade: WebSocket|"),
                arguments(
                        "POST / HTTP/1.1|Host: h|Connection: upgrade|Upgrade: websocket|", "POST / HTTP/1.1|Host: h|"),
                arguments("POST / HTTP/1.0|Host: h|Expect: 100-continue|", "POST / HTTP/1.1|Host: h|"),
                arguments("OPTIONS / HTTP/1.1|Host: h|Max-Forwards: 7|", "OPTIONS / HTTP/1.1|Host: h|Max-Forwards: 6|"),
                arguments("GET / HTTP/1.1|Host: h|Max-Forwards: 0|", "GET / HTTP/1.1|Host: h|Max-Forwards: 0|"),
                arguments(
                        "GET / HTTP/1.1|Host: h|X-Forwarded-For: 1|X_Forwarded_Host: 2|Forwarded: for=3|X-Forwarded: 4|",
                        "GET / HTTP/1.1|Host: h|X-Forwarded: 4|"),
                arguments(
                        "PUT / HTTP/1.1|Host: h|Connection: expect, X-Request-Id|Expect: 100-continue|X-Request-Id: 1|",
                        "PUT / HTTP/1.1|Host: h|"),
                arguments(
                        "TRACE / HTTP/1.1|Host: h|Connection: Max-Forwards|Max-Forwards: 7|",
                        "TRACE / HTTP/1.1|Host: h|"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whatStopsHereStopsHereAndTheRestGoesOn(String sent, String forwarded) {
        assertThat(rewrite(PLAIN, sent)).isEqualTo(forwarded);
    }

    @Test
    void byDefaultAClientCannotSayWhereItComesFrom() {
        assertThat(rewrite(HeaderPolicy.defaults(), "GET / HTTP/1.1|Host: h|X-Forwarded-For: 6.6.6.6|Via: 1.1 x|"))
                .isEqualTo("GET / HTTP/1.1|Host: h|Via: 1.1 x|Via: 1.1 symphony|X-Forwarded-For: 10.0.0.9|"
                        + "X-Forwarded-Proto: http|X-Forwarded-Host: h|");
    }

    @Test
    void aTrustedClientIsAddedTo() {
        HeaderPolicy trusting =
                HeaderPolicy.defaults().withoutVia().withForwarded().withClaims(HeaderPolicy.Claims.TRUSTED);
        assertThat(rewrite(trusting, "GET / HTTP/1.1|Host: h|X-Forwarded-For: 1.1.1.1|X-Forwarded-Proto: https|A: b|"))
                .isEqualTo("GET / HTTP/1.1|Host: h|X-Forwarded-For: 1.1.1.1, 10.0.0.9|X-Forwarded-Proto: https|A: b|"
                        + "Forwarded: for=10.0.0.9;proto=http;host=\"h\"|");
    }

    @Test
    void whatConnectionNamesStopsHereAlsoWhereItIsTrusted() {
        HeaderPolicy trusting = HeaderPolicy.defaults().withoutVia().withClaims(HeaderPolicy.Claims.TRUSTED);
        assertThat(
                        rewrite(
                                trusting,
                                "GET / HTTP/1.1|Host: h|Connection: X-Forwarded-For, forwarded|X-Forwarded-For: 1|Forwarded: for=1|"))
                .isEqualTo("GET / HTTP/1.1|Host: h|X-Forwarded-For: 10.0.0.9|X-Forwarded-Proto: http|"
                        + "X-Forwarded-Host: h|");
    }

    @Test
    void aRequestIdThatStopsHereIsMadeAnew() {
        HeaderPolicy kept = PLAIN.withRequestIds(HeaderPolicy.RequestIds.KEPT_OR_MADE);
        assertThat(rewrite(kept, "GET / HTTP/1.1|Host: h|Connection: X-Request-Id|X-Request-Id: mine|"))
                .matches("GET / HTTP/1.1\\|Host: h\\|X-Request-Id: [0-9a-f]{32}\\|");
    }

    @Test
    void requestIdsAreKeptOrMadeAsConfigured() {
        String own = "GET / HTTP/1.1|Host: h|X-Request-Id: mine|";
        String none = "GET / HTTP/1.1|Host: h|";
        HeaderPolicy kept = PLAIN.withRequestIds(HeaderPolicy.RequestIds.KEPT_OR_MADE);
        HeaderPolicy made = PLAIN.withRequestIds(HeaderPolicy.RequestIds.MADE);
        assertThat(rewrite(kept, own)).isEqualTo(own);
        assertThat(rewrite(kept, none)).matches("GET / HTTP/1.1\\|Host: h\\|X-Request-Id: [0-9a-f]{32}\\|");
        assertThat(rewrite(made, own)).matches("GET / HTTP/1.1\\|Host: h\\|X-Request-Id: [0-9a-f]{32}\\|");
    }

    @Test
    void aRewrittenHeadGrowsByLessThanTheRoomForIt() {
        HeaderPolicy all = HeaderPolicy.defaults().withForwarded().withRequestIds(HeaderPolicy.RequestIds.KEPT_OR_MADE);
        String sent = "GET / HTTP/1.1|Host: " + "h".repeat(512) + "|";
        assertThat(rewrite(all, sent).length() - sent.length()).isLessThan(RequestRewrite.GROWTH - 512);
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                arguments("HTTP/1.0 200 OK|A: 1|Content-Length: 2|", "HTTP/1.1 200 OK|A: 1|Content-Length: 2|"),
                arguments("HTTP/1.1 200 |Connection: X-Hop|X-Hop: 1|Keep-Alive: 9|B: 2|", "HTTP/1.1 200 |B: 2|"),
                arguments("HTTP/1.1 204 No|Content-Length: 2|", "HTTP/1.1 204 No|"),
                arguments("HTTP/1.1 304 No|Content-Length: 2|", "HTTP/1.1 304 No|Content-Length: 2|"),
                arguments("HTTP/1.1 103 Hints|Link: x|Connection: y|", "HTTP/1.1 103 Hints|Link: x|"),
                arguments(
                        "HTTP/1.1 200 OK|Transfer-Encoding: chunked|", "HTTP/1.1 200 OK|Transfer-Encoding: chunked|"));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void aResponseGoesOnWithoutWhatWasForThisHop(String sent, String forwarded) {
        assertThat(rewriteResponse(sent).replace(DATE, "")).isEqualTo(forwarded);
    }

    @Test
    void aResponseWithoutADateGetsOneAndNoOtherDoes() {
        assertThat(rewriteResponse("HTTP/1.1 200 OK|A: 1|")).isEqualTo("HTTP/1.1 200 OK|A: 1|" + DATE);
        assertThat(rewriteResponse("HTTP/1.1 200 OK|date: x|")).isEqualTo("HTTP/1.1 200 OK|date: x|");
        assertThat(rewriteResponse("HTTP/1.1 200 OK|Connection: Date|Date: x|")).isEqualTo("HTTP/1.1 200 OK|" + DATE);
        assertThat(rewriteResponse("HTTP/1.1 103 Hints|Link: x|")).isEqualTo("HTTP/1.1 103 Hints|Link: x|");
    }

    private static String rewriteResponse(String sent) {
        ResponseHead head = new ResponseHead(16);
        byte[] bytes = raw(sent);
        assertThat(head.parse(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        HeadWriter out = new HeadWriter(4_096);
        new ResponseRewrite(PLAIN, InstantSource.fixed(NOW)).write(head, ResponseRewrite.Persistence.IMPLIED, out);
        return text(out);
    }

    private static String rewrite(HeaderPolicy policy, String sent) {
        RequestHead head = new RequestHead(16, 64);
        byte[] bytes = raw(sent);
        assertThat(head.parse(bytes, 0, bytes.length)).isEqualTo(bytes.length);
        HeadWriter out = new HeadWriter(8_192);
        Peer peer = new Peer(new InetSocketAddress("10.0.0.9", 1_234), new InetSocketAddress("10.0.0.2", 8_080));
        new RequestRewrite(policy).write(head, peer, out);
        return text(out);
    }

    private static byte[] raw(String lines) {
        return Octets.ascii((lines + "|").replace("|", "\r\n"));
    }

    private static String text(HeadWriter out) {
        String text = new String(out.bytes(), 0, out.length(), StandardCharsets.ISO_8859_1);
        assertThat(text).endsWith("\r\n\r\n");
        return text.substring(0, text.length() - 2).replace("\r\n", "|");
    }
}
