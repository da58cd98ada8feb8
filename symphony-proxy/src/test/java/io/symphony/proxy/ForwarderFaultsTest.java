package io.symphony.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.Status;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a forwarded request when its replica, its body or its reader fails. */
class ForwarderFaultsTest {

    private static final ForwardRequest GET = ForwardRequest.get("/");
    private static final ForwardRequest POST = ForwardRequest.of("POST", "/").withBody("hi".getBytes(UTF_8));

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aReplicaThatRefusesConnectionsCostsNoRequestOfAnyMethod(String method) throws Exception {
        try (Backend well = Backend.playing(ForwarderSetup::echo);
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder, Backend.closedPort(), Backend.closedPort(), well.endpoint())) {
            for (int i = 0; i < 4; i++) {
                assertThat(setup.status(ForwardRequest.of(method, "/").withBody(new byte[2])))
                        .isEqualTo(200);
            }
            assertThat(setup.requestsAtRest().completed()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whereAllRefuseARequestWaitsUntilOneWorksAgain(String method) throws Exception {
        Timeouts patient = Timeouts.defaults().withPatience(Duration.ofSeconds(30));
        try (Socket one = Backend.refusing();
                Socket other = Backend.refusing();
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder.timeouts(patient),
                        Endpoint.local(one.getLocalPort()),
                        Endpoint.local(other.getLocalPort()))) {
            CompletableFuture<ForwardResponse> response = setup.forwarder()
                    .execute(ForwardRequest.of(method, "/").withBody("hi".getBytes(UTF_8)))
                    .toCompletableFuture();
            await().until(() -> setup.orchestrator().status().waiting() == 1);
            try (Backend back = Backend.playing(ForwarderSetup::echo, other)) {
                assertThat(setup.text(response.get(20, TimeUnit.SECONDS))).isEqualTo("hi");
                assertThat(back.connections()).isEqualTo(1);
            }
            assertThat(setup.requestsAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void whereAllGoOnRefusingTheWaitEnds() throws Exception {
        Timeouts impatient = Timeouts.defaults().withPatience(Duration.ofMillis(300));
        try (Socket one = Backend.refusing();
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder.timeouts(impatient), Endpoint.local(one.getLocalPort()))) {
            assertThat(setup.status(GET)).isEqualTo(503);
            assertThat(setup.requestsAtRest().shedBy()).containsEntry(ShedReason.PATIENCE_OVER, 1L);
        }
    }

    @Test
    void oneThatWaitsAgainMayBeCancelled() throws Exception {
        Timeouts patient = Timeouts.defaults().withPatience(Duration.ofSeconds(30));
        try (Socket one = Backend.refusing();
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder.timeouts(patient), Endpoint.local(one.getLocalPort()))) {
            CompletableFuture<ForwardResponse> response =
                    setup.forwarder().execute(GET).toCompletableFuture();
            await().until(() -> setup.orchestrator().status().waiting() == 1);
            setup.forwarder().suspected(new ReplicaId("acts", 1));
            response.cancel(false);
            assertThat(setup.requestsAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void whoWouldNotWaitHearsOfItAtOnce() throws Exception {
        Timeouts hasty = Timeouts.defaults().withPatience(Duration.ZERO);
        try (ForwarderSetup setup =
                ForwarderSetup.before(builder -> builder.timeouts(hasty), Backend.closedPort(), Backend.closedPort())) {
            assertThat(setup.status(GET)).isEqualTo(502);
            assertThat(setup.requestsAtRest().failedBy()).containsEntry(FailureReason.CONNECT, 1L);
        }
    }

    @Test
    void whatMayBeRepeatedSurvivesAPooledConnectionThatCloses() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = Backend.closingAfterTheFirst(asked);
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            assertThat(setup.status(GET)).isEqualTo(200);
            assertThat(setup.status(GET)).isEqualTo(200);
            assertThat(asked.get()).isEqualTo(3);
            assertThat(setup.orchestrator().status().replicas().get(0).failures())
                    .isZero();
        }
    }

    @Test
    void aPostThatMayHaveArrivedIsNeverSentTwice() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = Backend.closingAfterTheFirst(asked);
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            ForwardRequest post = ForwardRequest.of("POST", "/");
            assertThat(setup.status(post)).isEqualTo(200);
            assertThat(setup.status(post)).isEqualTo(502);
            assertThat(asked.get()).isEqualTo(2);
        }
    }

    @Test
    void aPostWithAKeyMayBeSentTwice() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Backend backend = Backend.closingAfterTheFirst(asked);
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            ForwardRequest post = ForwardRequest.of("POST", "/").with("Idempotency-Key", "7");
            assertThat(setup.status(post)).isEqualTo(200);
            assertThat(setup.status(post)).isEqualTo(200);
        }
    }

    @Test
    void whatASuspectHasNotAnsweredMovesOnIfItMayBeRepeated() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Backend hung = Backend.playing(wire -> {
                    wire.head();
                    asked.countDown();
                    wire.rest();
                });
                Backend well = Backend.answering(Backend.OK);
                ForwarderSetup setup = ForwarderSetup.before(hung, well)) {
            List<CompletableFuture<ForwardResponse>> responses = Stream.generate(
                            () -> setup.forwarder().execute(GET).toCompletableFuture())
                    .limit(2)
                    .toList();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            setup.forwarder().suspected(new ReplicaId("acts", 1));
            for (CompletableFuture<ForwardResponse> response : responses) {
                assertThat(setup.text(response.get(20, TimeUnit.SECONDS))).isEqualTo("ok");
            }
        }
    }

    @Test
    void repeatsEndWhereTheBudgetDoes() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Backend.Script script = wire -> {
            boolean first = asked.incrementAndGet() == 1;
            wire.head();
            if (!first) {
                wire.send(Backend.OK);
            }
        };
        try (Backend one = Backend.playing(script);
                Backend other = Backend.playing(script);
                ForwarderSetup setup =
                        ForwarderSetup.before(builder -> builder.retries(0, 1), one.endpoint(), other.endpoint())) {
            assertThat(setup.status(GET)).isEqualTo(200);
            asked.set(0);
            assertThat(setup.status(GET)).isEqualTo(502);
        }
    }

    @Test
    void whoeverDoesNotAnswerInTimeIsNotWaitedFor() throws Exception {
        Timeouts impatient = Timeouts.defaults().withResponseHead(Duration.ofMillis(200));
        try (Backend hung = Backend.playing(Wire::rest);
                ForwarderSetup setup = ForwarderSetup.before(builder -> builder.timeouts(impatient), hung.endpoint())) {
            assertThat(setup.status(GET)).isEqualTo(504);
            assertThat(setup.requestsAtRest().failedBy()).containsEntry(FailureReason.TIMEOUT, 1L);
        }
    }

    @Test
    void aResponseThatBreaksOffIsNotWhole() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                });
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            ForwardResponse response = setup.send(GET);
            assertThatThrownBy(() -> setup.text(response)).hasRootCauseInstanceOf(IOException.class);
            assertThat(setup.requestsAtRest().failed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "SSH-2.0-x\r\n\r\n"})
    void aResponseThatBreaksTheRulesIsRefused(String response) throws Exception {
        try (Backend backend = Backend.answering(response);
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            assertThat(setup.status(GET)).isEqualTo(502);
            assertThat(setup.requestsAtRest().failedBy()).containsEntry(FailureReason.GARBAGE, 1L);
        }
    }

    @Test
    void aBodyBeyondTheLimitIsRefusedAndItsReplicaNotBlamed() throws Exception {
        try (Backend backend = Backend.playing(Wire::rest);
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder.limits(Limits.defaults().withBodyBytes(10)), backend.endpoint())) {
            assertThat(setup.status(POST.withBody(new byte[11]))).isEqualTo(413);
            assertThat(setup.requestsAtRest().shed()).isEqualTo(1);
            assertThat(setup.orchestrator().status().replicas().get(0).failures())
                    .isZero();
        }
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedFor() throws Exception {
        Timeouts impatient = Timeouts.defaults().withBody(Duration.ofMillis(200));
        try (Backend backend = Backend.playing(Wire::rest);
                ForwarderSetup setup =
                        ForwarderSetup.before(builder -> builder.timeouts(impatient), backend.endpoint());
                SubmissionPublisher<ByteBuffer> silence = new SubmissionPublisher<>()) {
            assertThat(setup.status(POST.withBody(BodyPublishers.fromPublisher(silence))))
                    .isEqualTo(408);
        }
    }

    @Test
    void whereNobodyServesTheReasonIsTold() throws Exception {
        try (ForwarderSetup setup = ForwarderSetup.beforeNobody()) {
            assertThatThrownBy(() -> setup.send(GET))
                    .hasRootCauseMessage(
                            "acts: no replica is ready (ready=0, warming=1, starting=0, draining=0, target=1)");
            assertThat(setup.requestsAtRest().shed()).isEqualTo(1);
        }
    }

    @Test
    void whatIsCancelledIsAbandonedAndItsConnectionClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    asked.countDown();
                    assertThat(wire.isEnded()).isTrue();
                    closed.countDown();
                });
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            CompletableFuture<ForwardResponse> response =
                    setup.forwarder().execute(GET).toCompletableFuture();
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            response.cancel(true);
            assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(setup.requestsAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void theLedgerBalancesWhateverHappens() throws Exception {
        Backend.Script moody = wire -> {
            while (true) {
                int number = Integer.parseInt(wire.head().split(" ", 3)[1].substring(1));
                wire.send(number % 5 == 0 ? "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nha" : Backend.OK);
                if (number % 5 < 2) {
                    return;
                }
            }
        };
        try (Backend one = Backend.playing(moody);
                Backend other = Backend.playing(moody);
                ForwarderSetup setup = ForwarderSetup.before(one, other)) {
            for (int number = 0; number < 500; number++) {
                CompletableFuture<ForwardResponse> response = setup.forwarder()
                        .execute(ForwardRequest.get("/" + number))
                        .toCompletableFuture();
                if (number % 7 == 0) {
                    response.cancel(false);
                } else {
                    var unused = response.thenCompose(head -> head.body(BodySubscribers.discarding()));
                }
            }
            Status.Requests requests = setup.requestsAtRest();
            assertThat(requests.completed() + requests.abandoned() + requests.shed() + requests.failed())
                    .isEqualTo(500);
            assertThat(requests.unaccounted()).isZero();
            assertThat(setup.orchestrator().status().replicas()).allMatch(replica -> replica.inFlight() == 0);
        }
    }

    @Test
    void aResponseThatNobodyReadsIsGivenUp() throws Exception {
        Timeouts impatient = Timeouts.defaults().withStream(Duration.ofMillis(200));
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n");
                    wire.send(new byte[9_000_000]);
                });
                ForwarderSetup setup =
                        ForwarderSetup.before(builder -> builder.timeouts(impatient), backend.endpoint())) {
            assertThat(setup.send(GET).status()).isEqualTo(200);
            assertThat(setup.requestsAtRest().open()).isZero();
        }
    }
}
