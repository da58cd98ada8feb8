package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole requests and responses through a listener, on raw sockets. */
class ForwardingTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PURGE", "M-SEARCH", "get"})
    void anyMethodGoesThereWithItsBodyAndItsFieldsAndTheAnswerComesBack(String method) throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    String head = wire.head();
                    String body = wire.read(5);
                    assertThat(head).startsWith(method + " /a?b=c HTTP/1.1\r\n").contains("X-There: 2\r\n");
                    wire.send("HTTP/1.1 201 Made\r\nX-Back: 1\r\nContent-Length: 7\r\n\r\nt-" + body);
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(method + " /a?b=c HTTP/1.1\r\nHost: h\r\nX-There: 2\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.head()).startsWith("HTTP/1.1 201 Made\r\nX-Back: 1\r\n");
            assertThat(client.read(7)).isEqualTo("t-hello");
        }
    }

    /** What a trace, and what goes with it, is called by: W3C Trace Context and Baggage. */
    @Test
    void theContextOfATracePassesAsItCame() throws Exception {
        String context = String.join(
                "\r\n",
                "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "tracestate: vendor=a:b,other=00f067aa0ba902b7",
                "Tracestate: third=1",
                "baggage: userId=alice,serverNode=DF%2028;isProduction=false",
                "");
        try (Backend backend = Backend.mirror();
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\n" + context + "\r\n");
            client.head();

            assertThat(client.read(context.length() + "GET / HTTP/1.1\r\nHost: h\r\n".length()))
                    .isEqualTo("GET / HTTP/1.1\r\nHost: h\r\n" + context);
        }
    }

    @Test
    void aHeadThatComesByteByByteIsOneHead() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.sendByteByByte(GET);
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.read(2)).isEqualTo("ok");
        }
    }

    @Test
    void aResponseThatComesByteByByteIsOneResponse() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.sendByteByByte(Backend.OK);
                    wire.head();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET);
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
            assertThat(client.read(2)).isEqualTo("ok");
        }
    }

    @Test
    void connectionsAreUsedAgainAtBothEnds() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 10; i++) {
                client.send(GET).head();
                client.read(2);
            }
            assertThat(backend.connections()).isEqualTo(1);
            assertThat(setup.trafficAtRest().completed()).isEqualTo(10);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (Backend backend = Backend.mirror();
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: h\r\n\r\n");
            }
            client.send(requests.toString()).end();
            for (int i = 0; i < 50; i++) {
                client.head();
                assertThat(client.head()).startsWith("GET /" + i + " HTTP/1.1\r\n");
            }
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void anInterimResponseGoesThroughAndAnHttp10ClientNeverSeesOne() throws Exception {
        String hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        try (Backend backend = Backend.answering(hints + hints + Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect();
                Wire old = setup.connect()) {
            client.send(GET);
            assertThat(client.head()).isEqualTo(hints);
            assertThat(client.head()).isEqualTo(hints);
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK");
            old.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(old.rest()).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nok");
        }
    }

    @Test
    void anHttp10ClientMayKeepItsConnectionWhenItAsks() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.head()).contains("Connection: keep-alive\r\n");
            client.read(2);
            client.send("GET / HTTP/1.0\r\n\r\n");
            assertThat(client.rest()).contains("Connection: close\r\n").endsWith("ok");
        }
    }

    @Test
    void anUpgradeBecomesATunnelBothWays() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    assertThat(wire.head()).contains("Connection: upgrade\r\n", "Upgrade: websocket\r\n");
                    wire.send(
                            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhi");
                    assertThat(wire.read(5)).isEqualTo("early");
                    wire.send("bye").end();
                    assertThat(wire.rest()).isEqualTo("late");
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 101 ")
                    .contains("Connection: upgrade\r\nUpgrade: websocket\r\n");
            assertThat(client.rest()).isEqualTo("hibye");
            client.send("late").end();
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void anUpgradeThatIsNotTakenUpIsAnOrdinaryRequest() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                    .head();
            assertThat(client.read(2)).isEqualTo("ok");
            client.send(GET).head();
            assertThat(client.read(2)).isEqualTo("ok");
        }
    }

    @Test
    void theLastHopOfACountedRequestAnswersItself() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("OPTIONS / HTTP/1.1\r\nHost: h\r\nMax-Forwards: 0\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(backend.connections()).isZero();
        }
    }
}
