package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CachedForwarderTest {

    private final ResponseCache cache = ResponseCache.ofBytes(8_000_000, Duration.ofMinutes(5));
    private CachedBackend backend;
    private ForwarderSetup setup;

    @BeforeEach
    void start() throws Exception {
        backend = new CachedBackend();
        setup = ForwarderSetup.before(
                forwarder -> forwarder.cache(cache), backend.backend().endpoint());
    }

    @AfterEach
    void stop() throws Exception {
        setup.close();
        backend.close();
    }

    private static ForwardRequest get(String target) {
        return ForwardRequest.get(target).with("Host", "a");
    }

    private String body(ForwardRequest request) throws Exception {
        return setup.text(setup.send(request));
    }

    private String status(ForwardRequest request) throws Exception {
        ForwardResponse response = setup.send(request);
        setup.text(response);
        return response.status() + " " + response.field("Cache-Status").orElse("");
    }

    @Test
    void aFreshResponseIsAnsweredWithoutAReplica() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=3600\r\nX-A: b", "body");

        assertThat(status(get("/a"))).isEqualTo("200 symphony; fwd=uri-miss; stored");
        ForwardResponse second = setup.send(get("/a"));

        assertThat(second.field("X-A")).contains("b");
        assertThat(second.field("Cache-Status").orElseThrow()).startsWith("symphony; hit; ttl=");
        assertThat(setup.text(second)).isEqualTo("body");
        assertThat(backend.heads()).hasSize(1);
        assertThat(setup.requestsAtRest().accepted()).isEqualTo(1);
    }

    @Test
    void aStaleResponseIsRevalidated() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=0\r\nETag: \"v1\"", "body");
        body(get("/a"));
        backend.sends("/a", "HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\nCache-Control: max-age=3600\r\n\r\n");

        ForwardResponse response = setup.send(get("/a").with("If-None-Match", "\"v0\""));

        assertThat(response.status()).isEqualTo(200);
        assertThat(setup.text(response)).isEqualTo("body");
        assertThat(backend.heads().get(1)).contains("If-None-Match: \"v1\"").doesNotContain("v0");
        assertThat(setup.send(get("/a").with("If-None-Match", "\"v1\"")).status())
                .isEqualTo(304);
        assertThat(setup.requestsAtRest().completed()).isEqualTo(2);
    }

    @Test
    void aStaleResponseStandsInForAReplicaThatAnswersWithAnErrorOrNotAtAll() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=0, stale-if-error=3600\r\nETag: \"a\"", "body");
        body(get("/a"));

        backend.says("/a", 503, "", "sorry");
        assertThat(body(get("/a"))).isEqualTo("body");
        backend.breaks("/a");
        assertThat(body(get("/a"))).isEqualTo("body");
        assertThat(cache.traffic().stale()).isEqualTo(2);
    }

    @Test
    void aStaleResponseIsRefreshedInTheBackground() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=0, stale-while-revalidate=3600\r\nETag: \"v1\"", "old");
        body(get("/a"));
        backend.says("/a", 200, "Cache-Control: max-age=3600", "new");

        assertThat(body(get("/a"))).isEqualTo("old");

        await().untilAsserted(() -> assertThat(body(get("/a"))).isEqualTo("new"));
        assertThat(backend.heads()).hasSize(2);
    }

    @Test
    void theCookieOfASessionIsForItsClientAlone() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=3600, public", "body");
        try (ForwarderSetup sticky = ForwarderSetup.before(
                forwarder -> forwarder.cache(cache).affinity(SessionAffinity.cookie()),
                backend.backend().endpoint())) {
            ForwardResponse first = sticky.send(get("/a"));
            sticky.text(first);

            assertThat(first.field("Set-Cookie")).isPresent();
            assertThat(sticky.send(get("/a")).field("Set-Cookie")).isEmpty();
        }
        assertThat(cache.traffic().hits()).isEqualTo(1);
    }

    @Test
    void whoSendsTooMuchGetsNothingFromTheCacheEither() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=3600", "body");
        try (ForwarderSetup limited = ForwarderSetup.before(
                forwarder -> forwarder.cache(cache).rateLimit(RateLimit.of(1, Duration.ofHours(1))),
                backend.backend().endpoint())) {
            limited.text(limited.send(get("/a")));

            assertThat(limited.status(get("/a"))).isEqualTo(429);
        }
    }

    @Test
    void aResponseThatIsNotReadToItsEndIsNotKept() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=3600", "body");

        setup.send(get("/a")).body().subscribe(new Discarding(0));

        await().until(() -> setup.forwarder().inside() == 0);
        assertThat(body(get("/a"))).isEqualTo("body");
        assertThat(backend.heads()).hasSize(2);
    }

    @Test
    void whatIsNotHereIsRefusedToWhoWantsNothingElse() throws Exception {
        assertThat(setup.status(get("/a").with("Cache-Control", "only-if-cached")))
                .isEqualTo(504);
        assertThat(backend.heads()).isEmpty();
    }

    @Test
    void whoMissesTogetherIsOneRequestToAReplica() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (Backend slow = CachedBackend.answeringOnce(mayAnswer);
                ForwarderSetup before = ForwarderSetup.before(forwarder -> forwarder.cache(cache), slow.endpoint())) {
            var first = before.forwarder().execute(get("/a"));
            var second = before.forwarder().execute(get("/a")).toCompletableFuture();
            assertThat(second).isNotDone();
            mayAnswer.countDown();

            assertThat(before.text(first.toCompletableFuture().join())).isEqualTo("body");
            assertThat(before.text(second.join())).isEqualTo("body");
            assertThat(before.requestsAtRest().accepted()).isEqualTo(1);
        }
    }

    @Test
    void aListenerAndAForwarderMayShareACache() throws Exception {
        backend.says("/a", 200, "Cache-Control: max-age=3600", "body");
        body(get("/a"));

        try (Setup listening = Setup.before(listener -> listener.cache(cache), backend.backend());
                Wire client = listening.connect()) {
            client.send("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("; hit")
                    .endsWith("body");
        }
    }
}
