package io.symphony.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.Endpoint;
import io.symphony.routing.ShedReason;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests that say that they are a repeat, through the forwarder. */
class ForwardedRepeatsTest {

    private static final ForwardRequest ORDER =
            ForwardRequest.of("POST", "/orders").with("Idempotency-Key", "k");

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aRepeatGetsTheFirstAnswerHoweverItsBodyComes() throws Exception {
        try (Backend backend = shop();
                ForwarderSetup setup = before(IdempotencyKeys.optional(), backend)) {
            assertThat(setup.text(setup.send(ORDER.withBody("one book".getBytes(UTF_8)))))
                    .isEqualTo("order 1");
            for (ForwardRequest again : new ForwardRequest[] {
                ORDER.withBody("one book".getBytes(UTF_8)), ORDER.withBody(streamed("one book"))
            }) {
                ForwardResponse response = setup.send(again);
                assertThat(response.status()).isEqualTo(201);
                assertThat(response.field("Idempotent-Replayed")).hasValue("true");
                assertThat(response.field("Location")).hasValue("/orders/1");
                assertThat(setup.text(response)).isEqualTo("order 1");
            }
            assertThat(asked).hasValue(1);
            assertThat(setup.requestsAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() throws Exception {
        try (Backend backend = shop();
                ForwarderSetup setup = before(IdempotencyKeys.optional(), backend)) {
            setup.text(setup.send(ORDER.withBody(BodyPublishers.ofString("one book"))));

            assertThat(setup.status(ORDER.withBody("two books".getBytes(UTF_8))))
                    .isEqualTo(422);
            assertThat(asked).hasValue(1);
            assertThat(setup.requestsAtRest().shedBy()).containsEntry(ShedReason.REFUSED, 1L);
        }
    }

    @Test
    void aRepeatThatComesTooEarlyIsToldToComeAgain() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    asked.incrementAndGet();
                    answer.await();
                    wire.send(Backend.OK);
                    wire.rest();
                });
                ForwarderSetup setup = before(IdempotencyKeys.optional(), backend)) {
            CompletableFuture<ForwardResponse> first =
                    setup.forwarder().execute(ORDER).toCompletableFuture();
            await().until(() -> asked.get() == 1);

            assertThat(setup.status(ORDER)).isEqualTo(409);
            answer.countDown();
            assertThat(setup.text(first.join())).isEqualTo("ok");
        }
    }

    @Test
    void whoGivesUpLeavesTheKeyToTheNext() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    if (asked.incrementAndGet() > 1) {
                        wire.send(Backend.OK);
                    }
                    wire.rest();
                });
                ForwarderSetup setup = before(IdempotencyKeys.optional(), backend)) {
            CompletableFuture<ForwardResponse> first =
                    setup.forwarder().execute(ORDER).toCompletableFuture();
            await().until(() -> asked.get() == 1);
            first.cancel(false);

            assertThat(setup.text(setup.send(ORDER))).isEqualTo("ok");
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void whereAKeyIsRequiredAPostWithoutOneIsRefused() throws Exception {
        try (Backend backend = shop();
                ForwarderSetup setup = before(IdempotencyKeys.mandatory(), backend)) {
            assertThat(setup.status(ForwardRequest.of("POST", "/orders"))).isEqualTo(400);
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void aRepeatWhoseBodyBreaksOffIsABadRequest() throws Exception {
        try (Backend backend = shop();
                ForwarderSetup setup = before(IdempotencyKeys.optional(), backend)) {
            setup.text(setup.send(ORDER.withBody("one book".getBytes(UTF_8))));

            InputStream closed = InputStream.nullInputStream();
            closed.close();
            assertThat(setup.status(ORDER.withBody(BodyPublishers.ofInputStream(() -> closed))))
                    .isEqualTo(400);
        }
    }

    private static ForwarderSetup before(IdempotencyKeys keys, Backend backend) {
        return ForwarderSetup.before(builder -> builder.idempotencyKeys(keys), new Endpoint[] {backend.endpoint()});
    }

    private static BodyPublisher streamed(String text) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    /** Takes orders, each of which is counted. */
    private Backend shop() throws Exception {
        return Backend.playing(wire -> {
            while (true) {
                wire.read(Integer.parseInt(wire.head().replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
                int order = asked.incrementAndGet();
                wire.send("HTTP/1.1 201 Made\r\nLocation: /orders/" + order + "\r\nContent-Length: 7\r\n\r\norder "
                        + order);
            }
        });
    }
}
