package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.Status;
import io.symphony.fleet.Endpoint;
import io.symphony.routing.ShedReason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a client hears that sends more than it may, and how that is counted. */
class RateLimitTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final RateLimit TWO = RateLimit.of(2, Duration.ofDays(1));

    @Test
    void beyondTheLimitIsA429ThatSaysWhenToComeAgainAndTheConnectionGoesOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = counting(asked);
                Setup setup = Setup.before(builder -> builder.rateLimit(TWO), backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 ");
                client.read(2);
            }
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(GET).head())
                        .startsWith("HTTP/1.1 429 Too Many Requests\r\n")
                        .containsPattern("Retry-After: [1-9]\\d*\r\n")
                        .doesNotContain("Connection: close");
                assertThat(client.readTo("}\n")).contains("this client sends more than it may");
            }

            assertThat(setup.trafficAtRest())
                    .extracting(ListenerTraffic::accepted, ListenerTraffic::completed, ListenerTraffic::shed)
                    .containsExactly(4L, 2L, 2L);
            Status.Requests requests = setup.orchestrator().status().requests();
            assertThat(requests.accepted()).isEqualTo(4);
            assertThat(requests.completed()).isEqualTo(2);
            assertThat(requests.shedBy()).containsEntry(ShedReason.RATE_LIMITED, 2L);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void itIsSaidBeforeTheBodyIsRead() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = counting(asked);
                Setup setup = Setup.before(builder -> builder.rateLimit(TWO.withBurst(1)), backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            client.read(2);
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000\r\n\r\nonly the beginning");

            assertThat(client.head()).startsWith("HTTP/1.1 429 ").contains("Connection: close");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void theForwarderSaysTheSame() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = counting(asked);
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder.rateLimit(TWO.withBurst(1)), new Endpoint[] {backend.endpoint()})) {
            setup.text(setup.send(ForwardRequest.get("/")));
            assertThat(setup.status(ForwardRequest.get("/"))).isEqualTo(429);
            ForwardResponse told = setup.forwarder()
                    .answer(ForwardRequest.get("/"))
                    .toCompletableFuture()
                    .join();

            assertThat(told.status()).isEqualTo(429);
            assertThat(told.field("Retry-After").orElseThrow()).matches("[1-9]\\d*");
            Status.Requests requests = setup.requestsAtRest();
            assertThat(requests.accepted()).isEqualTo(3);
            assertThat(requests.shedBy()).containsEntry(ShedReason.RATE_LIMITED, 2L);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void theTimeIsRoundedUpToWholeSeconds() {
        assertThat(Reply.tooMany(1).retryAfterSeconds()).isEqualTo(1);
        assertThat(Reply.tooMany(1_000_000_000).retryAfterSeconds()).isEqualTo(1);
        assertThat(Reply.tooMany(1_000_000_001).why())
                .isEqualTo("this client sends more than it may; the next request is allowed in 2 s");
    }

    private static Backend counting(AtomicInteger asked) throws Exception {
        return Backend.playing(wire -> {
            while (true) {
                wire.head();
                asked.incrementAndGet();
                wire.send(Backend.OK);
            }
        });
    }
}
