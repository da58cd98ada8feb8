package io.symphony.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.Status;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.reactor.ListenerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwarderTest {

    private static final ForwardRequest GET = ForwardRequest.get("/");
    private static final ForwardRequest POST = ForwardRequest.of("POST", "/").withBody("hi".getBytes(UTF_8));

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"})
    void anyMethodArrivesWithItsTargetAndItsBody(String method) throws Exception {
        try (Backend backend = Backend.playing(ForwarderTest::echo);
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            ForwardResponse response =
                    setup.send(ForwardRequest.of(method, "//a/b?c=%20d&e").withBody("{}".getBytes(UTF_8)));
            assertThat(response.field("X-First-Line")).hasValue(method + " //a/b?c=%20d&e HTTP/1.1");
            assertThat(setup.text(response)).isEqualTo("{}");
            assertThat(setup.requestsAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void aHeadIsAnsweredWithTheLengthThatAGetWouldHave() throws Exception {
        try (Backend backend = Backend.answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            ForwardResponse response = setup.send(ForwardRequest.of("HEAD", "/"));
            assertThat(response.field("content-length")).hasValue("1000");
            assertThat(setup.text(response)).isEmpty();
        }
    }

    @Test
    void theReplicaGetsTheHeadThatTheListenerWouldSend() throws Exception {
        InetSocketAddress client = new InetSocketAddress("192.0.2.7", 4_711);
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        try (Backend backend = Backend.mirror();
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            ForwardResponse response = setup.send(GET.with("Host", "acts.example")
                    .with("Connection", "close, X-Private")
                    .with("X-Private", "1")
                    .with("TE", "trailers")
                    .with("Expect", "100-continue")
                    .with("Upgrade", "websocket")
                    .with("X-Forwarded-For", "203.0.113.9")
                    .with("Accept", "text/plain")
                    .from(new Origin(client, here, "https")));
            assertThat(setup.text(response)).isEqualTo("""
                GET / HTTP/1.1
                Host: acts.example
                Accept: text/plain
                Via: 1.1 symphony
                X-Forwarded-For: 192.0.2.7
                X-Forwarded-Proto: https
                X-Forwarded-Host: acts.example

                """.replace("\n", "\r\n"));
        }
    }

    @Test
    void theClientGetsWhatDoesNotStopHere() throws Exception {
        String made = """
            HTTP/1.1 201 Made
            Connection: X-Private
            X-Private: 1
            Keep-Alive: timeout=5
            Date: now
            Location: /7
            Transfer-Encoding: chunked

            2
            ok
            0

            """;
        try (Backend backend = Backend.answering(made.replace("\n", "\r\n"));
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            ForwardResponse response = setup.send(GET);
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.fields())
                    .containsExactly(
                            new Field("Date", "now"), new Field("Location", "/7"), new Field("Via", "1.1 symphony"));
            assertThat(setup.text(response)).isEqualTo("ok");
        }
    }

    @Test
    void bodiesStreamBothWaysOverOneConnection() throws Exception {
        byte[] noise = new byte[5_000_000];
        new Random(7).nextBytes(noise);
        try (Backend backend = Backend.playing(ForwarderTest::echo);
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            for (int length : new int[] {0, 1, 65_536, noise.length}) {
                byte[] body = Arrays.copyOf(noise, length);
                ForwardResponse response =
                        setup.send(ForwardRequest.of("PUT", "/").withBody(body));
                assertThat(response.body(BodySubscribers.ofByteArray())
                                .toCompletableFuture()
                                .get(20, TimeUnit.SECONDS))
                        .isEqualTo(body);
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    @Test
    void aBodyOfUnknownLengthGoesInChunks() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    String head = wire.head();
                    assertThat(head).contains("Transfer-Encoding: chunked").doesNotContain("Content-Length");
                    wire.readTo("world\r\n0\r\n\r\n");
                    wire.send(Backend.OK);
                });
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            InputStream hello = new ByteArrayInputStream("hello world".getBytes(UTF_8));
            assertThat(setup.status(POST.withBody(BodyPublishers.ofInputStream(() -> hello))))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aReplicaThatRefusesConnectionsCostsNoRequestOfAnyMethod(String method) throws Exception {
        try (Backend well = Backend.playing(ForwarderTest::echo);
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder, Backend.closedPort(), Backend.closedPort(), well.endpoint())) {
            for (int i = 0; i < 4; i++) {
                assertThat(setup.status(ForwardRequest.of(method, "/").withBody(new byte[2])))
                        .isEqualTo(200);
            }
            assertThat(setup.requestsAtRest().completed()).isEqualTo(4);
        }
    }

    @Test
    void whenAllRefuseThereIsABadGateway() throws Exception {
        try (ForwarderSetup setup =
                ForwarderSetup.before(builder -> builder, Backend.closedPort(), Backend.closedPort())) {
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
    void retriesEndWhereTheBudgetDoes() throws Exception {
        try (ForwarderSetup setup = ForwarderSetup.before(
                builder -> builder.retries(0, 1), Backend.closedPort(), Backend.closedPort(), Backend.closedPort())) {
            assertThat(setup.status(GET)).isEqualTo(502);
            assertThat(setup.orchestrator().status().replicas().stream()
                            .mapToLong(replica -> replica.failures())
                            .sum())
                    .isEqualTo(2);
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

    @Test
    void aHeadThatTheListenerWouldRefuseIsRefused() throws Exception {
        try (Backend backend = Backend.mirror();
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            assertThat(setup.status(GET.with("Host", "a").with("Host", "b"))).isEqualTo(400);
            assertThat(setup.status(GET.with("Connection", "host"))).isEqualTo(400);
            assertThat(setup.status(GET.with("X-Large", "x".repeat(40_000)))).isEqualTo(431);
            assertThat(setup.status(ForwardRequest.of("CONNECT", "h:1"))).isEqualTo(501);
            assertThat(backend.connections()).isZero();
        }
    }

    @Test
    void nothingCanBeSmuggledIntoAField() {
        assertThatThrownBy(() -> GET.with("X", "1\r\nX-Evil: 1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GET.with("X:", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ForwardRequest.get("/ HTTP/1.1\r\nX-Evil: 1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void itSpeaksTlsToReplicasThatHaveIt() throws Exception {
        try (Backend backend = Backend.mirror();
                Setup replica = Setup.before(Keys::tls, backend);
                ForwarderSetup setup = ForwarderSetup.before(
                        builder -> builder.tls(Keys.trusting()),
                        Endpoint.local(replica.listener().address().getPort()))) {
            assertThat(setup.status(GET)).isEqualTo(200);
        }
    }

    @Test
    void itSpeaksHttp2ToReplicasThatHaveIt() throws Exception {
        HttpAsyncServer replica = H2ServerBootstrap.bootstrap()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .register("acts.example", "*", new VersionTeller())
                .create();
        replica.start();
        ListenerEndpoint where = replica.listen(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTP)
                .get(20, TimeUnit.SECONDS);
        Endpoint endpoint = Endpoint.local(((InetSocketAddress) where.getAddress()).getPort());
        try (replica;
                ForwarderSetup setup = ForwarderSetup.before(ForwarderBuilder::http2, endpoint)) {
            ForwardResponse response = setup.send(POST.with("Host", "acts.example:81"));
            assertThat(setup.text(response)).isEqualTo("HTTP/2.0 acts.example:81 hi");
        }
    }

    /** Answers with the version, the host and the body of a request. */
    private static final class VersionTeller implements AsyncServerRequestHandler<Message<HttpRequest, String>> {
        @Override
        public AsyncRequestConsumer<Message<HttpRequest, String>> prepare(
                HttpRequest request, EntityDetails body, HttpContext context) {
            return new BasicRequestConsumer<>(body == null ? null : new StringAsyncEntityConsumer());
        }

        @Override
        public void handle(Message<HttpRequest, String> request, ResponseTrigger answer, HttpContext context)
                throws HttpException, IOException {
            HttpRequest head = request.getHead();
            String text = head.getVersion() + " " + head.getAuthority() + " " + request.getBody();
            answer.submitResponse(
                    AsyncResponseBuilder.create(200).setEntity(text).build(), context);
        }
    }

    @Test
    void afterItWasClosedItTakesNoMore() throws Exception {
        try (Backend backend = Backend.mirror();
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            setup.forwarder().close();
            assertThat(setup.status(GET)).isEqualTo(503);
        }
    }

    /** Answers each request with its own body, and its first line in a field. */
    private static void echo(Wire wire) throws Exception {
        while (true) {
            String head = wire.head();
            String length = head.replaceAll("(?s).*Content-Length: (\\d+).*|.*", "$1");
            byte[] body = wire.in().readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
            wire.send("HTTP/1.1 200 OK\r\nX-First-Line: "
                    + head.lines().findFirst().orElseThrow() + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            wire.send(body);
        }
    }
}
