package io.symphony.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
        try (Backend backend = Backend.playing(ForwarderSetup::echo);
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
        try (Backend backend = Backend.playing(ForwarderSetup::echo);
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

    @Test
    void afterItWasClosedItTakesNoMore() throws Exception {
        try (Backend backend = Backend.mirror();
                ForwarderSetup setup = ForwarderSetup.before(backend)) {
            setup.forwarder().close();
            assertThat(setup.status(GET)).isEqualTo(503);
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
}
