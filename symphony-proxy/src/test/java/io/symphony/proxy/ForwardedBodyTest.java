package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies through a listener, both ways, on raw sockets: where they end, and what comes of them meanwhile. */
class ForwardedBodyTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

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
        String chunks = "5\r\nhello\r\n1\r\n!\r\n0\r\nA: b\r\n\r\n";
        try (Backend backend = Backend.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
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
}
