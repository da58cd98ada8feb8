package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
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
    void aClientThatExpectsToContinueWaitsForTheReplica() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    assertThat(wire.head()).contains("Expect: 100-continue\r\n");
                    wire.send("HTTP/1.1 100 Continue\r\n\r\n");
                    wire.read(5);
                    wire.send(Backend.OK);
                    wire.head();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send("hello");
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK").doesNotContain("close");
        }
    }

    @Test
    void aReplicaThatDoesNotWantTheBodySaysSoAndTheConnectionEnds() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 413 No\r\nContent-Length: 0\r\n\r\n");
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.rest()).startsWith("HTTP/1.1 413 No\r\n").contains("Connection: close\r\n");
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 99", "Transfer-Encoding: chunked", "X: y"})
    void headHasNoBodyWhateverItsFieldsSay(String field) throws Exception {
        try (Backend backend = Backend.answering("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n");
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 2; i++) {
                client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(client.head()).contains(field).doesNotContain("close");
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void theseStatusesHaveNoBody(String status) throws Exception {
        try (Backend backend = Backend.answering("HTTP/1.1 " + status + "\r\nETag: x\r\n\r\n");
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 2; i++) {
                client.send(GET);
                assertThat(client.head()).startsWith("HTTP/1.1 " + status).contains("ETag: x\r\n");
            }
        }
    }

    @Test
    void trailersThatConnectionNamesStopHereBothWays() throws Exception {
        String chunks = "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Hop: 1\r\n\r\n";
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    assertThat(wire.readTo("0\r\n")).isEqualTo("3\r\nabc\r\n0\r\n");
                    assertThat(wire.read(2)).isEqualTo("\r\n");
                    wire.send("HTTP/1.1 200 OK\r\nConnection: X-Hop\r\n" + chunks);
                    wire.head();
                    wire.send(Backend.OK);
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nConnection: X-Hop\r\n" + chunks);
            client.head();
            assertThat(client.readTo("0\r\n")).isEqualTo("3\r\nabc\r\n0\r\n");
            assertThat(client.read(2)).isEqualTo("\r\n");
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void chunksAndTrailersGoBothWaysAsTheyAre() throws Exception {
        String chunks = "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nX-Sum: 9\r\n\r\n";
        try (Backend backend = Backend.playing(wire -> {
                    while (true) {
                        assertThat(wire.head()).contains("Transfer-Encoding: chunked\r\n", "Trailer: X-Sum\r\n");
                        String body = wire.read(chunks.length());
                        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
                    }
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nTrailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n");
                client.send(chunks.substring(0, 9)).send(chunks.substring(9));
                assertThat(client.head()).contains("Transfer-Encoding: chunked\r\n");
                assertThat(client.read(chunks.length())).isEqualTo(chunks);
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void anHttp10ClientGetsChunksTakenApart() throws Exception {
        try (Backend backend = Backend.answering(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\nA: b\r\n\r\n");
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.rest())
                    .contains("Connection: close\r\n")
                    .doesNotContain("chunked")
                    .endsWith("\r\n\r\nhello!");
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
    void aBodyWithoutALengthEndsWithTheConnection() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.0 200 OK\r\n\r\nuntil ").send("the end");
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET);
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("Connection: close\r\n")
                    .endsWith("until the end");
        }
    }

    @Test
    void anEarlyAnswerComesThroughWhileTheBodyIsStillOnItsWay() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n");
                    wire.send(wire.read(2)).send("\r\n0\r\n\r\n");
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200 OK\r\n");
            client.send("hi");
            assertThat(client.rest()).isEqualTo("2\r\nhi\r\n0\r\n\r\n");
        }
    }

    @Test
    void aReplicaThatAnswersAndClosesUnderALargeBodyIsStillHeard() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5000000\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 403 No\r\n");
            assertThat(client.read(2)).isEqualTo("no");
        }
    }

    @Test
    void aClientThatHasEndedItsStreamStillGetsItsAnswer() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).end();
            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK").endsWith("ok");
        }
    }

    @Test
    void aRequestThatBreaksOffIsAbandonedAndItsConnectionIsNotUsedAgain() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.rest();
                });
                Setup setup = Setup.before(backend)) {
            try (Wire client = setup.connect()) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe")
                        .end();
                assertThat(client.isEnded()).isTrue();
            }
            assertThat(setup.trafficAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatResetsFreesItsReplica() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                    assertThat(wire.isEnded()).isTrue();
                });
                Setup setup = Setup.before(backend)) {
            Wire client = setup.connect();
            client.send(GET).head();
            client.reset();
            assertThat(setup.trafficAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void aResponseThatBreaksOffBreaksOffForTheClientToo() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            assertThatThrownBy(() -> client.read(5)).isInstanceOf(java.io.IOException.class);
            assertThat(setup.trafficAtRest().failed()).isEqualTo(1);
        }
    }

    @Test
    void whatAReplicaSendsBeyondItsAnswerReachesNobody() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send(Backend.OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL");
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(GET).head();
                assertThat(client.read(2)).isEqualTo("ok");
            }
            assertThat(backend.connections()).isEqualTo(3);
        }
    }

    @Test
    void eachServerSentEventIsThereBeforeTheNext() throws Exception {
        Semaphore seen = new Semaphore(0);
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                    for (int i = 0; i < 3; i++) {
                        wire.send("data: " + i + "\n\n");
                        assertThat(seen.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
                    }
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            for (int i = 0; i < 3; i++) {
                assertThat(client.read(9)).isEqualTo("data: " + i + "\n\n");
                seen.release();
            }
            assertThat(client.rest()).isEmpty();
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
