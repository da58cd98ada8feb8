package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What takes the cache, its clients and a replica more than one step. */
class CachedListenerTurnsTest {

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
    void manyWhoMissTogetherAreOneRequestToAReplica() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (Backend slow = Backend.playing(wire -> {
                    while (true) {
                        wire.head();
                        asked.countDown();
                        mayAnswer.await();
                        wire.send("HTTP/1.1 200 OK\r\nCache-Control: max-age=3600\r\nContent-Length: 4\r\n\r\nbody");
                    }
                });
                Setup before = front.before(slow)) {
            List<Wire> clients = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                clients.add(before.connect().send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
            }
            asked.await();
            await().until(() -> before.listener().traffic().inside() == 6);
            mayAnswer.countDown();
            for (Wire client : clients) {
                assertThat(client.rest()).endsWith("\r\n\r\nbody");
                client.close();
            }
            assertThat(before.orchestrator().status().requests().accepted()).isEqualTo(1);
            CacheTraffic traffic = front.cache().traffic();
            assertThat(traffic.collapsed() + traffic.hits()).isEqualTo(5);
        }
    }

    @Test
    void whoWaitsForAnotherMayGoAway() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (Backend slow = CachedBackend.answeringOnce(mayAnswer);
                Setup before = front.before(slow);
                Wire first = before.connect().send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")) {
            await().until(() -> before.listener().traffic().inside() == 1);
            try (Wire second = before.connect().send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")) {
                await().until(() -> before.listener().traffic().inside() == 2);
                second.reset();
            }
            await().until(() -> before.listener().traffic().abandoned() == 1);
            mayAnswer.countDown();

            assertThat(first.head()).contains("stored");
            assertThat(before.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void aStaleResponseStandsInForAReplicaThatAnswersWithAnErrorOrNotAtAll() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=0, stale-if-error=3600\r\nETag: \"a\"", "body");
        front.get("/a");

        front.backend().says("/a", 503, "", "sorry");
        assertThat(front.get("/a"))
                .startsWith("HTTP/1.1 200")
                .contains("fwd-status=503")
                .endsWith("body");

        front.backend().breaks("/a");
        assertThat(front.get("/a"))
                .startsWith("HTTP/1.1 200")
                .contains("detail=stale-if-error\r\n")
                .endsWith("body");
        assertThat(front.setup().trafficAtRest().completed()).isEqualTo(3);
    }

    @Test
    void aStaleResponseIsRefreshedBehindItsClientsBack() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=0, stale-while-revalidate=3600\r\nETag: \"v1\"", "old");
        front.get("/a");
        front.backend().says("/a", 200, "Cache-Control: max-age=3600", "new");

        assertThat(front.get("/a")).contains("; hit; ttl=").endsWith("old");

        await().untilAsserted(() -> assertThat(front.get("/a")).endsWith("new"));
        assertThat(front.backend().heads()).hasSize(2);
        assertThat(front.backend().heads().get(1))
                .contains("If-None-Match: \"v1\"", "Host: a\r\n", "X-Forwarded-For: 127.0.0.1");
    }

    @Test
    void aStaleResponseIsRevalidatedAndTheClientGetsItWhole() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: max-age=0\r\nETag: \"v1\"\r\nX-A: old", "body");
        front.get("/a");
        front.backend()
                .sends(
                        "/a",
                        "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nCache-Control: max-age=3600\r\nX-A: new\r\n\r\n");

        String second = front.ask("GET", "/a", "If-None-Match: \"v0\"");

        assertThat(front.backend().heads().get(1))
                .contains("If-None-Match: \"v1\"\r\n")
                .doesNotContain("v0");
        assertThat(second)
                .startsWith("HTTP/1.1 200 Reason\r\n")
                .contains("X-A: new\r\n", "Cache-Status: symphony; fwd=stale; fwd-status=304; stored\r\n")
                .doesNotContain("old")
                .endsWith("\r\n\r\nbody");
        assertThat(front.ask("GET", "/a", "If-None-Match: \"v1\""))
                .startsWith("HTTP/1.1 304 Not Modified\r\n")
                .contains("ETag: \"v1\"\r\n")
                .endsWith("\r\n\r\n");
        assertThat(front.setup().orchestrator().status().requests().failed()).isZero();
    }

    @Test
    void theReplicasConnectionIsUsedAgainAfterA304() throws Exception {
        front.backend().says("/a", 200, "Cache-Control: no-cache\r\nETag: \"v1\"", "body");
        front.get("/a");
        front.backend().sends("/a", "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");

        try (Wire client = front.setup().connect()) {
            for (int i = 0; i < 5; i++) {
                client.send("GET /a HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                assertThat(client.read(4)).isEqualTo("body");
            }
        }
        assertThat(front.backend().backend().connections()).isLessThan(6);
        assertThat(front.backend().heads()).hasSize(6);
    }
}
