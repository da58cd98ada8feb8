package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.Endpoint;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit and each timeout answers for itself, with its status and a sentence. */
class LimitsTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\n";
    private static final Duration SOON = Duration.ofMillis(150);

    @ParameterizedTest
    @CsvSource({
        "'GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa HTTP/1.1\r\n', 414, (32 bytes)",
        "'GET / HTTP/1.1\r\nHost: h\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\n', 431, (4)",
        "'POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n', 413, (10 bytes)",
        "'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nB\r\n01234567890', 413, (10 bytes)",
        "'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: bbbbbbbbbbbbbbbbbbbb', 431, (20 bytes)",
        "'POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx', 400, the chunked body is malformed",
        "'GET / HTTP/1.1\r\nHost: h\r\nExpect: more\r\n\r\n', 417, the only expectation here is 100-continue",
        "'GET / HTTP/2.0\r\n', 505, only HTTP/1.1 and HTTP/1.0 are spoken here",
        "'GET / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', 501, the only transfer coding here is chunked",
        "'CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n', 501, CONNECT is not served here",
        "'GET / HTTP/1.1\r\n\r\n', 400, there is no Host",
    })
    void whatGoesBeyondALimitIsToldWhichAndTheConnectionEnds(String request, int status, String why) throws Exception {
        Limits limits = Limits.defaults()
                .withTargetBytes(32)
                .withFields(4)
                .withBodyBytes(10)
                .withTrailerBytes(20);
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.limits(limits), backend);
                Wire client = setup.connect()) {
            String answer = client.send(request).rest();
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Connection: close\r\n", why);
            assertThat(answer).contains("{\"status\":" + status + ",\"error\":\"");
            assertThat(backend.connections()).isZero();
            ListenerTraffic traffic = setup.trafficAtRest();
            assertThat(traffic.refused() + traffic.shed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HEAD * HTTP/1.1\r\nHost: h\r\n\r\n', 400",
        "'HEAD / HTTP/1.1\r\n\r\n', 400",
        "'HEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n', 400",
        "'HEAD / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx', 400",
        "'HEAD /slow HTTP/1.1\r\nHost:', 408",
    })
    void aRefusalOfAHeadRequestHasNoContent(String request, int status) throws Exception {
        Timeouts timeouts = Timeouts.defaults().withHead(SOON);
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.timeouts(timeouts), backend);
                Wire other = setup.connect();
                Wire client = setup.connect()) {
            client.send(request);
            other.send(GET).head();
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsPattern("Content-Length: [1-9]")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void aRefusalBeforeTheMethodIsKnownSaysWhyAlsoAfterAHeadRequest() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n").head();
            assertThat(client.send("(\r\n\r\n").rest()).endsWith("the method is not a token\"}\n");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedWhereverItIsCut() throws Exception {
        Limits limits = Limits.defaults().withHeadBytes(512);
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.limits(limits), backend);
                Wire atOnce = setup.connect();
                Wire bitByBit = setup.connect()) {
            String large = "GET / HTTP/1.1\r\nHost: h\r\nA: " + "a".repeat(600);
            assertThat(atOnce.send(large).rest()).startsWith("HTTP/1.1 431 ").contains("(512 bytes)");
            bitByBit.sendByteByByte(large.substring(0, 512));
            assertThat(bitByBit.rest()).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void aBodyThatGrowsBeyondTheLimitIsCutOff() throws Exception {
        try (Backend backend = Backend.playing(Wire::rest);
                Setup setup =
                        Setup.before(builder -> builder.limits(Limits.defaults().withBodyBytes(10)), backend);
                Wire client = setup.connect()) {
            client.send(POST + "Transfer-Encoding: chunked\r\n\r\n8\r\n01234567\r\n");
            await().until(() -> backend.connections() == 1);
            assertThat(client.send("8\r\n01234567\r\n").rest()).startsWith("HTTP/1.1 413 ");
            assertThat(setup.trafficAtRest().shed()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withFirstByte(SOON)), backend);
                Wire client = setup.connect()) {
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void aHeadThatTakesTooLongIsToldSo() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withHead(SOON)), backend);
                Wire client = setup.connect()) {
            assertThat(client.send("GET / HTTP/1.1\r\nHo").rest()).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withKeepAlive(SOON)), backend);
                Wire client = setup.connect()) {
            assertThat(client.send(GET).rest()).startsWith("HTTP/1.1 200 ").endsWith("ok");
        }
    }

    @Test
    void aBodyThatStopsIsToldSo() throws Exception {
        try (Backend backend = Backend.playing(Wire::rest);
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withBody(SOON)), backend);
                Wire client = setup.connect()) {
            assertThat(client.send(POST + "Content-Length: 5\r\n\r\nhe").rest()).startsWith("HTTP/1.1 408 ");
            assertThat(setup.trafficAtRest().shed()).isEqualTo(1);
        }
    }

    @Test
    void aReplicaThatNeverAnswersIsAGatewayTimeoutAndCountsAgainstIt() throws Exception {
        try (Backend backend = Backend.playing(Wire::rest);
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withResponseHead(SOON)), backend);
                Wire client = setup.connect()) {
            client.send(GET);
            assertThat(client.head()).startsWith("HTTP/1.1 504 ");
            assertThat(setup.trafficAtRest().failed()).isEqualTo(1);
            assertThat(setup.orchestrator().status().replicas().get(0).failures())
                    .isEqualTo(1);
        }
    }

    @Test
    void aResponseThatStopsIsBrokenOff() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n\r\nthe beginning");
                    wire.rest();
                });
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withStream(SOON)), backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            client.read(13);
            assertThatThrownBy(client::rest).hasMessageContaining("reset");
            assertThat(setup.trafficAtRest().failed()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatDoesNotTakeItsResponseIsGivenUp() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\n\r\n");
                    byte[] piece = new byte[1 << 20];
                    for (int i = 0; i < 64; i++) {
                        wire.send(piece);
                    }
                });
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withStream(SOON)), backend);
                Wire client = Wire.slowReaderTo(setup.listener().address().getPort())) {
            client.send(GET).head();
            assertThat(setup.trafficAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void aTunnelThatIsSilentIsClosed() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 101 Now\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
                    wire.rest();
                });
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withTunnel(SOON)), backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 101 ");
        }
    }

    @Test
    void connectionsBeyondTheLimitAreTurnedAwayWithAReason() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup =
                        Setup.before(builder -> builder.limits(Limits.defaults().withConnections(2)), backend)) {
            try (Wire first = setup.connect();
                    Wire second = setup.connect()) {
                first.send(GET).head();
                second.send(GET).head();
                try (Wire third = setup.connect()) {
                    assertThat(third.rest()).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1\r\n", "(2)");
                }
            }
            await().until(() -> setup.listener().connections() == 0);
            try (Wire fourth = setup.connect()) {
                assertThat(fourth.send(GET).head()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void whenNoReplicaComesInTimeTheClientIsToldWhy() throws Exception {
        try (Setup setup = Setup.beforeNobody(
                        builder -> builder.timeouts(Timeouts.defaults().withPatience(SOON)));
                Wire client = setup.connect()) {
            for (int i = 0; i < 2; i++) {
                client.send(GET);
                String head = client.head();
                assertThat(head).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1\r\n");
                String length = head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1");
                assertThat(client.read(Integer.parseInt(length))).contains("ready=0");
            }
            assertThat(setup.trafficAtRest().shed()).isEqualTo(2);
        }
    }

    @Test
    void aClientThatGoesWhileItWaitsIsAbandoned() throws Exception {
        try (Setup setup = Setup.beforeNobody(builder -> builder)) {
            Wire client = setup.connect();
            client.send(GET);
            await().until(() -> setup.listener().traffic().inside() == 1);
            client.reset();
            assertThat(setup.trafficAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void aPortThatIsTakenIsSaidInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            Setup.before(builder -> builder.at("127.0.0.1", taken.getLocalPort()), Endpoint.local(1)))
                    .isInstanceOf(ListenerException.class)
                    .hasMessage("Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": the port is in use. Choose another, or end the program that has it.");
        }
    }

    @Test
    void whatIsWrongInASettingIsSaidWithWhatWasExpected() {
        assertThatThrownBy(() -> Limits.defaults().withFields(0)).hasMessage("fields: 0 (expected: 1 to 10000)");
        assertThatThrownBy(() -> Timeouts.defaults().withHead(Duration.ZERO))
                .hasMessage("head: PT0S (expected: 1 ms to 365 days)");
        assertThatThrownBy(() -> HeaderPolicy.defaults().withVia("a b"))
                .hasMessage("via: 'a b' (expected: a token of at most 64, or empty)");
    }
}
