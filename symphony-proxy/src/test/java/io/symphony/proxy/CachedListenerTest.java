package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachedListenerTest {

    /** More than sockets keep for a client that does not read. */
    private static final String LARGE = "0123456789".repeat(1_000_000);

    private CachedFront front;

    @BeforeEach
    void start() throws Exception {
        front = new CachedFront();
    }

    @AfterEach
    void stop() throws Exception {
        front.close();
    }

    @Test
    void aFreshResponseIsAnsweredWithoutAReplica() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600\r\nX-A: b", "body");

        assertThat(front.get("/a"))
                .contains("Cache-Status: symphony; fwd=uri-miss; stored\r\n")
                .endsWith("\r\n\r\nbody");
        assertThat(front.get("/a"))
                .startsWith("HTTP/1.1 200 Reason\r\n")
                .contains("X-A: b\r\n", "Age: ", "Cache-Status: symphony; hit; ttl=", "Content-Length: 4\r\n")
                .endsWith("Connection: close\r\n\r\nbody");
        assertThat(front.backend().heads()).hasSize(1);
        assertThat(front.setup().trafficAtRest().completed()).isEqualTo(2);
        assertThat(front.setup().orchestrator().status().requests().accepted()).isEqualTo(1);
        assertThat(front.cache().traffic().hits()).isEqualTo(1);
        assertThat(front.cache().traffic().misses()).isEqualTo(1);
        assertThat(front.cache().traffic().bytes()).isGreaterThan(4);
    }

    @Test
    void aConnectionGoesOnAfterAHitAndPipelinedRequestsKeepTheirOrder() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", "a").says("/b", 200, "", "b");
        front.get("/a");

        try (Wire client = front.setup().connect()) {
            String one = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
            String other = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n";
            client.send(one + other + one + one);
            StringBuilder bodies = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                client.head();
                bodies.append(client.read(1));
            }
            assertThat(bodies).hasToString("abaa");
        }
    }

    @Test
    void chunksAreKeptAsContentWithoutTheirTrailers() throws Exception {
        String chunks = "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-T: z\r\n\r\n";
        front.backend().saysInChunks("/a", "Cache-Control: max-age=3600\r\nTrailer: X-T", chunks);

        assertThat(front.get("/a")).contains("2;x=y\r\nde\r\n", "X-T: z");
        assertThat(front.get("/a"))
                .contains("Content-Length: 5\r\n")
                .doesNotContain("chunked", "Trailer")
                .endsWith("\r\n\r\nabcde");
    }

    @Test
    void chunksThatWereTakenApartForAnOldClientAreKept() throws Exception {
        front.backend().saysInChunks("/a", "Cache-Control: max-age=3600", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        try (Wire old = front.setup().connect()) {
            old.send("GET /a HTTP/1.0\r\nHost: a\r\n\r\n");
            assertThat(old.rest()).endsWith("\r\n\r\nabcde");
        }

        assertThat(front.get("/a")).contains("; hit").endsWith("\r\n\r\nabcde");
    }

    @Test
    void aResponseThatEndsWithItsConnectionIsNotKept() throws Exception {
        try (Backend closing = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nConnection: close\r\n\r\nbody");
                });
                Setup before = front.before(closing)) {
            assertThat(CachedFront.ask(before, "GET", "/a", ""))
                    .contains("fwd=uri-miss\r\n")
                    .endsWith("body");
        }
        assertThat(front.cache().traffic().misses()).isEqualTo(1);
    }

    @Test
    void aLargeResponseGoesOutAsFastAsItsClientTakesIt() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", LARGE).says("/b", 200, "", "b");
        front.get("/a");

        try (Wire slow = Wire.slowReaderTo(front.setup().listener().address().getPort())) {
            slow.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(slow.head()).contains("; hit");
            assertThat(front.setup().listener().traffic().completed()).isEqualTo(1);
            assertThat(slow.read(LARGE.length())).isEqualTo(LARGE);
            slow.head();
            assertThat(slow.read(1)).isEqualTo("b");
        }
        assertThat(front.backend().heads()).hasSize(2);
    }

    @Test
    void overTlsItArrivesWhole() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", LARGE);
        try (Setup secure = Setup.before(
                listener -> Keys.tls(listener).cache(front.cache()),
                front.backend().backend())) {
            for (String status : List.of("stored", "hit")) {
                try (Wire client = Keys.connect(secure.listener().address().getPort(), "TLSv1.3")) {
                    client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                    assertThat(client.head()).contains(status);
                    assertThat(client.rest()).isEqualTo(LARGE);
                }
            }
        }
        assertThat(front.backend().heads()).hasSize(1);
    }

    @Test
    void aClientThatGoesAwayLeavesNothingBehind() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", LARGE);
        front.get("/a");
        try (Wire gone = Wire.slowReaderTo(front.setup().listener().address().getPort())) {
            gone.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
            gone.head();
            gone.reset();
        }

        assertThat(front.setup().trafficAtRest().abandoned()).isEqualTo(1);
        assertThat(front.get("/a")).contains("; hit");
    }

    @Test
    void aHeadIsAnsweredFromWhatAGetBrought() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", "body");
        front.get("/a");

        assertThat(front.ask("HEAD", "/a", ""))
                .contains("Content-Length: 4\r\n")
                .endsWith("\r\n\r\n");
        assertThat(front.backend().heads()).hasSize(1);
    }

    @Test
    void whatIsNotHereIsRefusedToWhoWantsNothingElse() throws Exception {
        assertThat(front.ask("GET", "/a", "Cache-Control: only-if-cached"))
                .startsWith("HTTP/1.1 504 ")
                .contains("the cache has no response that this request may have");
        assertThat(front.backend().heads()).isEmpty();
    }

    @Test
    void aChangeIsSeenAtOnce() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", "old");
        front.get("/a");
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", "new");

        front.ask("DELETE", "/a", "");

        assertThat(front.get("/a")).endsWith("new");
    }

    @Test
    void aFieldThatConnectionNamesSelectsNoVariant() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600\r\nVary: Foo", "without");
        try (Wire client = front.setup().connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close, Foo\r\nFoo: 1\r\n\r\n");
            client.rest();
        }
        front.backend().says("/a", 200, "Cache-Control: max-age=3600\r\nVary: Foo", "with");

        assertThat(front.ask("GET", "/a", "Foo: 1")).endsWith("with");
        assertThat(front.get("/a")).endsWith("without");
    }

    @Test
    void theCookieOfASessionIsForItsClientAlone() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=3600, public", "body");
        try (Setup sticky = Setup.before(
                listener -> listener.cache(front.cache()).affinity(SessionAffinity.cookie()),
                front.backend().backend())) {
            assertThat(CachedFront.ask(sticky, "GET", "/a", "")).contains("Set-Cookie: ", "stored");
            assertThat(CachedFront.ask(sticky, "GET", "/a", ""))
                    .contains("; hit")
                    .doesNotContain("Set-Cookie");
        }
    }
}
