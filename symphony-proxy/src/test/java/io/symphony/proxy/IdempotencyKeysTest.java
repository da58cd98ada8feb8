package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.routing.ShedReason;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that say that they are a repeat, through the listener. */
class IdempotencyKeysTest {

    private static final String ORDER = post("/orders", "Idempotency-Key: \"8e03978e\"\r\n", "one book");

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aRepeatGetsTheFirstAnswerAndNoReplicaIsAsked() throws Exception {
        try (Backend backend = shop();
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire client = setup.connect()) {
            assertThat(client.send(ORDER).head())
                    .startsWith("HTTP/1.1 201 Made\r\n")
                    .doesNotContain("Replayed");
            assertThat(client.read(7)).isEqualTo("order 1");

            for (int i = 0; i < 2; i++) {
                assertThat(client.send(ORDER).head())
                        .startsWith("HTTP/1.1 201 Made\r\n")
                        .contains("\r\nLocation: /orders/1\r\n", "\r\nIdempotent-Replayed: true\r\n")
                        .contains("\r\nContent-Length: 7\r\n", "\r\nDate: ")
                        .doesNotContain("Connection: close");
                assertThat(client.read(7)).isEqualTo("order 1");
            }
            assertThat(asked).hasValue(1);
            assertThat(setup.trafficAtRest().completed()).isEqualTo(3);
            assertThat(setup.orchestrator().status().requests().completed()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another body", "another target", "another method"})
    void theSameKeyWithAnotherRequestIsRefused(String difference) throws Exception {
        String key = "Idempotency-Key: \"8e03978e\"\r\n";
        String other = switch (difference) {
            case "another body" -> post("/orders", key, "two books");
            case "another target" -> post("/carts", key, "one book");
            default -> post("/orders", key, "one book").replace("POST", "PATCH");
        };
        try (Backend backend = shop();
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire client = setup.connect()) {
            client.send(ORDER).head();
            client.read(7);

            assertThat(client.send(other).head()).startsWith("HTTP/1.1 422 Unprocessable Content\r\n");
            assertThat(client.readTo("}\n")).contains("this Idempotency-Key came with another request before");
            assertThat(asked).hasValue(1);
            assertThat(setup.trafficAtRest().shed()).isEqualTo(1);
            assertThat(setup.orchestrator().status().requests().shedBy()).containsEntry(ShedReason.REFUSED, 1L);
        }
    }

    @Test
    void aRepeatThatComesTooEarlyIsToldToComeAgain() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.read(8);
                    asked.incrementAndGet();
                    answer.await();
                    wire.send(Backend.OK);
                    wire.rest();
                });
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire first = setup.connect();
                Wire second = setup.connect()) {
            first.send(ORDER);
            await().until(() -> asked.get() == 1);

            assertThat(second.send(ORDER).head())
                    .startsWith("HTTP/1.1 409 Conflict\r\n")
                    .contains("Retry-After: 1\r\n");
            assertThat(second.readTo("}\n")).contains("a request with this Idempotency-Key is still under way");
            answer.countDown();
            assertThat(first.head()).startsWith("HTTP/1.1 200 ");
            first.read(2);
            assertThat(second.send(ORDER).head()).contains("Idempotent-Replayed: true");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 408, 425, 429})
    void anAnswerThatAsksToTryAgainIsNotKept(int status) throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    while (true) {
                        wire.head();
                        wire.read(8);
                        boolean first = asked.incrementAndGet() == 1;
                        wire.send(first ? "HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n\r\n" : Backend.OK);
                    }
                });
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire client = setup.connect()) {
            assertThat(client.send(ORDER).head()).startsWith("HTTP/1.1 " + status);
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(ORDER).head()).startsWith("HTTP/1.1 200 ");
                client.read(2);
            }
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void whatWasLostOnTheWayMayBeSentAgain() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.read(8);
                    if (asked.incrementAndGet() > 1) {
                        wire.send(Backend.OK);
                        wire.rest();
                    } else {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbegun");
                    }
                });
                Setup setup = before(IdempotencyKeys.optional(), backend)) {
            try (Wire client = setup.connect()) {
                client.send(ORDER).head();
                client.read(5);
                assertThat(client.isEnded()).isTrue();
            }
            try (Wire client = setup.connect()) {
                assertThat(client.send(ORDER).head())
                        .startsWith("HTTP/1.1 200 ")
                        .doesNotContain("Replayed");
            }
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void withoutAKeyEachRequestIsOneOfItsOwn() throws Exception {
        try (Backend backend = shop();
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire client = setup.connect()) {
            for (int i = 1; i <= 2; i++) {
                client.send(post("/orders", "", "one book")).head();
                assertThat(client.read(7)).isEqualTo("order " + i);
            }
        }
    }

    @Test
    void whereAKeyIsRequiredAPostWithoutOneIsRefusedAndAGetIsNot() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = before(IdempotencyKeys.mandatory(), backend);
                Wire client = setup.connect()) {
            assertThat(client.send(post("/orders", "Idempotency-Key: \r\n", "one book"))
                            .head())
                    .startsWith("HTTP/1.1 400 ");
            assertThat(client.readTo("}\n")).contains("there is no Idempotency-Key");
            assertThat(client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void anotherClientsKeyIsAnotherKey() throws Exception {
        try (Backend backend = shop();
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire client = setup.connect()) {
            for (String who : new String[] {"one", "two", "one"}) {
                client.send(post("/orders", "Authorization: Bearer " + who + "\r\nIdempotency-Key: k\r\n", "one book"))
                        .head();
                assertThat(client.read(7)).isEqualTo(who.equals("one") ? "order 1" : "order 2");
            }
        }
    }

    @Test
    void chunksAreNoPartOfTheRequestNorOfTheAnswer() throws Exception {
        String head = "POST /orders HTTP/1.1\r\nHost: h\r\nIdempotency-Key: k\r\nTransfer-Encoding: chunked\r\n\r\n";
        try (Backend backend = Backend.playing(wire -> {
                    while (true) {
                        wire.head();
                        wire.readTo("0\r\n\r\n");
                        asked.incrementAndGet();
                        wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
                        wire.send("2\r\nde\r\n0\r\n\r\n");
                    }
                });
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire client = setup.connect()) {
            client.send(head + "3\r\none\r\n5\r\n book\r\n0\r\n\r\n").readTo("0\r\n\r\n");

            String again = client.send(head + "8\r\none book\r\n0\r\n\r\n").head();
            assertThat(again).contains("\r\nContent-Length: 5\r\n").doesNotContain("Transfer-Encoding");
            assertThat(client.read(5)).isEqualTo("abcde");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotKeptButNoReplicaIsAskedAgain() throws Exception {
        try (Backend backend = shop();
                Setup setup = before(IdempotencyKeys.optional().withMostAnswerBytes(6), backend);
                Wire client = setup.connect()) {
            client.send(ORDER).head();
            client.read(7);

            assertThat(client.send(ORDER).head()).startsWith("HTTP/1.1 409 ").doesNotContain("Retry-After");
            assertThat(client.readTo("}\n")).contains("this request was answered with 201");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aRepeatThatComesInPiecesIsReadWhole() throws Exception {
        try (Backend backend = shop();
                Setup setup = before(IdempotencyKeys.optional(), backend);
                Wire client = setup.connect()) {
            client.send(ORDER).head();
            client.read(7);

            String waiting = ORDER.replace("\r\n\r\none book", "\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.send(waiting).head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.sendByteByByte("one book" + ORDER);
            for (int i = 0; i < 2; i++) {
                assertThat(client.head()).contains("Idempotent-Replayed: true");
                assertThat(client.read(7)).isEqualTo("order 1");
            }
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> IdempotencyKeys.optional().withKept(Duration.ZERO))
                .hasMessage("kept: PT0S (expected: >= 1s)");
        assertThatThrownBy(() -> IdempotencyKeys.optional().withMostAnswerBytes(-1))
                .hasMessage("mostAnswerBytes: -1 (expected: 0 to 65536)");
        assertThatThrownBy(() -> IdempotencyKeys.optional().withMostBytes(0))
                .hasMessage("mostBytes: 0 (expected: >= 512)");
    }

    private static Setup before(IdempotencyKeys keys, Backend backend) {
        return Setup.before(builder -> builder.idempotencyKeys(keys), backend);
    }

    /** Takes orders, each of which is counted. */
    private Backend shop() throws Exception {
        return Backend.playing(wire -> {
            while (true) {
                String head = wire.head();
                wire.read(Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
                int order = asked.incrementAndGet();
                wire.send("HTTP/1.1 201 Made\r\nLocation: /orders/" + order + "\r\nContent-Length: 7\r\n\r\norder "
                        + order);
            }
        });
    }

    private static String post(String target, String fields, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: h\r\n" + fields + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
