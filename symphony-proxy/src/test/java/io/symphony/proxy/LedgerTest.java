package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.Status;
import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The listener's count of how requests ended and the orchestrator's are the same, with the orchestrator's reasons. */
class LedgerTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void whatBreaksALimitAfterItsHeadIsShed() throws Exception {
        try (Backend backend = Backend.playing(Wire::rest);
                Setup setup =
                        Setup.before(builder -> builder.limits(Limits.defaults().withBodyBytes(10)), backend);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await().until(() -> setup.orchestrator().status().replicas().get(0).inFlight() == 1);
            client.send("9\r\nand more!\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 413 ");

            Status.Requests requests = agreed(setup);
            assertThat(requests.shedBy()).containsEntry(ShedReason.REFUSED, 1L);
        }
    }

    @Test
    void aStaleConnectionThatCostsARequestCountsAsAFailureAndNotAgainstTheReplica() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    if (asked.incrementAndGet() == 1) {
                        wire.send(Backend.OK);
                        wire.head();
                    }
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            String post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
            client.send(post).head();
            client.read(2);
            assertThat(client.send(post).head()).startsWith("HTTP/1.1 502 ");

            Status.Requests requests = agreed(setup);
            assertThat(requests.failedBy()).containsEntry(FailureReason.RESET, 1L);
            assertThat(setup.orchestrator().status().replicas().get(0).failures())
                    .isZero();
        }
    }

    @Test
    void garbageHasAReasonOfItsOwn() throws Exception {
        try (Backend backend = Backend.answering("what?\r\n\r\n");
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502 ");

            assertThat(agreed(setup).failedBy()).containsEntry(FailureReason.GARBAGE, 1L);
        }
    }

    @Test
    void silenceHasAReasonOfItsOwn() throws Exception {
        try (Backend backend = Backend.playing(Wire::rest);
                Setup setup = Setup.before(
                        builder -> builder.timeouts(Timeouts.defaults().withResponseHead(Duration.ofMillis(50))),
                        backend);
                Wire client = setup.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 504 ");

            assertThat(agreed(setup).failedBy()).containsEntry(FailureReason.TIMEOUT, 1L);
        }
    }

    @Test
    void aClientThatGoesAwayHasAbandonedItsRequest() throws Exception {
        try (Backend backend = Backend.playing(Wire::rest);
                Setup setup = Setup.before(backend)) {
            try (Wire client = setup.connect()) {
                client.send(GET);
                await().until(() ->
                        setup.orchestrator().status().replicas().get(0).inFlight() == 1);
                client.reset();
            }

            assertThat(agreed(setup).abandoned()).isEqualTo(1);
        }
    }

    /** The orchestrator's count, once nothing is inside and it is the listener's. */
    private static Status.Requests agreed(Setup setup) {
        ListenerTraffic listener = setup.trafficAtRest();
        Status.Requests requests = setup.orchestrator().status().requests();
        assertThat(requests.accepted()).isEqualTo(listener.accepted());
        assertThat(requests.completed()).isEqualTo(listener.completed());
        assertThat(requests.abandoned()).isEqualTo(listener.abandoned());
        assertThat(requests.shed()).isEqualTo(listener.shed());
        assertThat(requests.failed()).isEqualTo(listener.failed());
        assertThat(requests.open()).isZero();
        assertThat(requests.unaccounted()).isZero();
        return requests;
    }
}
