package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.Status;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.HealthPolicy;
import io.symphony.routing.ShedReason;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi";

    @ParameterizedTest
    @ValueSource(strings = {GET, POST})
    void aReplicaThatRefusesConnectionsCostsNoRequestOfAnyMethod(String request) throws Exception {
        try (Backend well = Backend.playing(wire -> {
                    while (true) {
                        if (wire.head().startsWith("POST")) {
                            assertThat(wire.read(2)).isEqualTo("hi");
                        }
                        wire.send(Backend.OK);
                    }
                });
                Setup setup =
                        Setup.before(builder -> builder, Backend.closedPort(), Backend.closedPort(), well.endpoint());
                Wire client = setup.connect()) {
            for (int i = 0; i < 6; i++) {
                assertThat(client.send(request).head()).startsWith("HTTP/1.1 200 ");
                client.read(2);
            }
            assertThat(setup.trafficAtRest().completed()).isEqualTo(6);
            assertThat(setup.trafficAtRest().retried()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, POST})
    void whereAllRefuseARequestWaitsUntilOneWorksAgain(String request) throws Exception {
        Timeouts patient = Timeouts.defaults().withPatience(Duration.ofSeconds(30));
        AtomicInteger asked = new AtomicInteger();
        try (Socket one = Backend.refusing();
                Socket other = Backend.refusing();
                Setup setup = Setup.before(builder -> builder.timeouts(patient), endpoint(one), endpoint(other));
                Wire client = setup.connect()) {
            client.send(request);
            await().until(() -> setup.orchestrator().status().waiting() == 1);
            Backend.Script well = wire -> {
                String body = wire.head().startsWith("POST") ? wire.read(2) : "hi";
                assertThat(body).isEqualTo("hi");
                asked.incrementAndGet();
                wire.send(Backend.OK);
                wire.rest();
            };
            try (Backend back = Backend.playing(well, other)) {
                assertThat(client.head()).startsWith("HTTP/1.1 200 ");
                assertThat(asked).hasValue(1);
                assertThat(back.connections()).isEqualTo(1);
            }
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
            assertThat(setup.orchestrator().status().requests().completed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, POST})
    void whereAllGoOnRefusingTheWaitEndsWithItsReasonAndTheyAreNotOverrun(String request) throws Exception {
        Timeouts impatient = Timeouts.defaults().withPatience(Duration.ofMillis(500));
        try (Socket one = Backend.refusing();
                Socket other = Backend.refusing();
                Setup setup = Setup.before(builder -> builder.timeouts(impatient), endpoint(one), endpoint(other));
                Wire client = setup.connect()) {
            assertThat(client.send(request).head()).startsWith("HTTP/1.1 503 ").contains("\r\nRetry-After: 1\r\n");
            assertThat(client.readTo("}")).contains("refuses or breaks connections, the last: acts-", "; waited 0.5 s");
            assertThat(setup.trafficAtRest().shed()).isEqualTo(1);
            Status status = setup.orchestrator().status();
            assertThat(status.requests().shedBy()).containsEntry(ShedReason.PATIENCE_OVER, 1L);
            assertThat(status.replicas().stream()
                            .mapToLong(Status.ReplicaStatus::failures)
                            .sum())
                    .as("one each at first, and then one each for each tenth of a second")
                    .isBetween(2L, 14L);
        }
    }

    @Test
    void whoWouldNotWaitHearsOfItAtOnce() throws Exception {
        Timeouts hasty = Timeouts.defaults().withPatience(Duration.ZERO);
        try (Setup setup =
                        Setup.before(builder -> builder.timeouts(hasty), Backend.closedPort(), Backend.closedPort());
                Wire client = setup.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502 ");
            assertThat(setup.trafficAtRest().failed()).isEqualTo(1);
            assertThat(setup.trafficAtRest().retried()).isEqualTo(1);
        }
    }

    @Test
    void oneThatIsLostWhileAllOthersAreFullWaitsItsTurn() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        Backend.Script script = wire -> {
            while (true) {
                if (wire.head().startsWith("GET /held")) {
                    held.incrementAndGet();
                    goOn.await();
                } else if (lost.incrementAndGet() == 1) {
                    return;
                }
                wire.send(Backend.OK);
            }
        };
        try (Backend one = Backend.playing(script);
                Backend other = Backend.playing(script);
                Setup setup = Setup.beforeSmall(one, other);
                Wire first = setup.connect();
                Wire second = setup.connect()) {
            first.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> held.get() == 1);
            second.send("GET /lost HTTP/1.1\r\nHost: h\r\n\r\n");
            await().until(() -> lost.get() >= 1);
            goOn.countDown();
            assertThat(second.head()).startsWith("HTTP/1.1 200 ");
            assertThat(first.head()).startsWith("HTTP/1.1 200 ");
            assertThat(lost).hasValue(2);
            assertThat(setup.trafficAtRest().completed()).isEqualTo(2);
        }
    }

    @Test
    void aBodyThatCameWhileItsRequestWaitedGoesOnOverAPooledConnection() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Backend.Script script = wire -> {
            wire.head();
            asked.incrementAndGet();
            goOn.await();
            wire.send(Backend.OK);
            assertThat(wire.readTo("hello world")).contains("Content-Length: 11");
            wire.send(Backend.OK);
        };
        try (Backend backend = Backend.playing(script);
                Setup setup = Setup.beforeSmall(backend);
                Wire first = setup.connect();
                Wire second = setup.connect()) {
            first.send(GET);
            await().until(() -> asked.get() == 1);
            second.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\nhello");
            await().until(() -> setup.orchestrator().status().waiting() == 1);
            second.send(" world");
            for (int turn = 0; turn < 2; turn++) { // the loop has seen that by then
                try (Wire other = setup.connect()) {
                    assertThat(other.send("no request\r\n\r\n").head()).startsWith("HTTP/1.1 400 ");
                }
            }
            goOn.countDown();
            assertThat(first.head()).startsWith("HTTP/1.1 200 ");
            assertThat(second.head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void anIdempotentRequestSurvivesAPooledConnectionThatClosed() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = Backend.closingAfterTheFirst(asked);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            client.read(2);
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 ");
            assertThat(asked.get()).isEqualTo(3);
            assertThat(setup.orchestrator().status().replicas().get(0).failures())
                    .isZero();
        }
    }

    @Test
    void aPostThatMayHaveArrivedIsNeverSentTwice() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = Backend.closingAfterTheFirst(asked);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            String post = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n";
            client.send(post).head();
            client.read(2);
            assertThat(client.send(post).head()).startsWith("HTTP/1.1 502 ");
            assertThat(asked.get()).isEqualTo(2);
        }
    }

    @Test
    void aPostWithAKeyMayBeSentTwice() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = Backend.closingAfterTheFirst(asked);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            String post = "POST / HTTP/1.1\r\nHost: h\r\nIdempotency-Key: 7\r\nContent-Length: 0\r\n\r\n";
            client.send(post).head();
            client.read(2);
            assertThat(client.send(post).head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void nothingIsSentAgainOnceAByteOfTheAnswerCame() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("H");
                });
                Backend other = Backend.playing(wire -> {
                    wire.head();
                    wire.send("H");
                });
                Setup setup = Setup.before(backend, other);
                Wire client = setup.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 502 ");
            assertThat(backend.connections() + other.connections()).isEqualTo(1);
        }
    }

    @Test
    void aSuspectedReplicaLosesWhatMayBeSentAgainAndKeepsTheRest() throws Exception {
        try (Backend hung = Backend.playing(Wire::rest);
                Backend well = Backend.answering(Backend.OK);
                Setup setup = Setup.before(hung, well);
                Wire first = setup.connect();
                Wire second = setup.connect()) {
            first.send(GET);
            second.send(GET);
            await().until(() ->
                    hung.connections() == 1 && setup.listener().traffic().completed() == 1);
            setup.listener().suspected(new ReplicaId("acts", 1));
            setup.listener().suspected(new ReplicaId("acts", 2));
            assertThat(first.head()).startsWith("HTTP/1.1 200 ");
            assertThat(second.head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPostInsideASuspectedReplicaStaysThere() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        Backend.Script script = wire -> {
            wire.head();
            asked.incrementAndGet();
            goOn.await();
            wire.send(Backend.OK);
        };
        try (Backend slow = Backend.playing(script);
                Backend other = Backend.playing(script);
                Setup setup = Setup.before(slow, other);
                Wire client = setup.connect()) {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
            await().until(() -> asked.get() == 1);
            setup.listener().suspected(new ReplicaId("acts", 1));
            setup.listener().suspected(new ReplicaId("acts", 2));
            goOn.countDown();
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(asked.get()).isEqualTo(1);
        }
    }

    @Test
    void repeatsEndWhereTheBudgetDoes() throws Exception {
        try (Backend broken = Backend.playing(Wire::head);
                Backend well = Backend.answering(Backend.OK);
                Setup setup = Setup.before(
                        builder -> builder.retries(0, 2),
                        HealthPolicy.standard().withEjection(EjectionPolicy.never()),
                        broken.endpoint(),
                        well.endpoint())) {
            int failed = 0;
            for (int i = 0; i < 20; i++) {
                try (Wire client = setup.connect()) {
                    failed += client.send(GET).head().startsWith("HTTP/1.1 502 ") ? 1 : 0;
                }
            }
            assertThat(setup.trafficAtRest().retried()).isEqualTo(2);
            assertThat(failed).isPositive();
        }
    }

    @Test
    void whereNothingIsSentAgainARefusalIsTheAnswer() throws Exception {
        try (Setup setup = Setup.before(builder -> builder.retries(0, 0), Backend.closedPort());
                Wire client = setup.connect()) {
            assertThat(client.send(POST).head()).startsWith("HTTP/1.1 502 ");
            assertThat(setup.trafficAtRest().retried()).isZero();
        }
    }

    private static Endpoint endpoint(Socket bound) {
        return Endpoint.local(bound.getLocalPort());
    }

    @Test
    void aQuietRetryWindowForgetsWhatWasLongAgo() {
        RetryBudget budget = new RetryBudget(20, 1, 0);
        for (int i = 0; i < 100; i++) {
            budget.request(0);
        }
        for (int i = 0; i < 21; i++) {
            assertThat(budget.take(0)).isTrue();
        }
        assertThat(budget.take(0)).isFalse();
        // At 6 s the window before still counts. At 60 s it does not: only the floor is left.
        assertThat(budget.take(6_000_000_000L)).isFalse();
        assertThat(budget.take(60_000_000_000L)).isTrue();
        assertThat(budget.take(60_000_000_000L)).isFalse();
    }
}
