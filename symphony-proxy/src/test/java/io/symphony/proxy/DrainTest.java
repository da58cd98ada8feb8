package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What becomes of those inside when a listener closes. */
class DrainTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @Test
    void aConnectionThatIsInUseLosesNoRequestAndIsToldWhichIsItsLast() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.drain(LONG), backend);
                Wire client = setup.connect()) {
            Thread closing = closing(setup);
            String head = "";
            while (!head.contains("Connection: close\r\n")) {
                head = client.send(GET).head();
                assertThat(head).startsWith("HTTP/1.1 200 ");
                client.read(2);
            }

            assertThat(client.rest()).isEmpty();
            closing.join();
            ListenerTraffic traffic = setup.trafficAtRest();
            assertThat(traffic.completed()).isEqualTo(traffic.accepted()).isPositive();
        }
    }

    @Test
    void anIdleConnectionIsClosedLongBeforeTheDrainIsOver() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(builder -> builder.drain(Duration.ofHours(1)), backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            client.read(2);
            Thread closing = closing(setup);

            assertThat(client.isEnded()).isTrue();
            closing.join();
        }
    }

    @Test
    void aRequestWithoutAnAnswerByItsDeadlineIsToldSo() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    asked.countDown();
                    wire.rest();
                });
                Setup setup = Setup.before(builder -> builder.drain(SHORT).drainStreams(LONG), backend);
                Wire client = setup.connect()) {
            client.send(GET);
            asked.await();
            Thread closing = closing(setup);

            assertThat(client.head()).startsWith("HTTP/1.1 503 ").contains("Connection: close\r\n");
            assertThat(client.rest()).contains("the listener closed before a replica answered");
            closing.join();
            assertThat(setup.trafficAtRest().shed()).isEqualTo(1);
        }
    }

    @Test
    void aResponseThatHasBegunGoesOnUntilTheDeadlineOfStreams() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Backend backend = Backend.playing(wire -> {
                    if (wire.head().startsWith("GET /stream")) {
                        wire.send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
                        goOn.await();
                        wire.send("full");
                    }
                    begun.countDown();
                    wire.rest();
                });
                Setup setup = Setup.before(builder -> builder.drain(SHORT).drainStreams(LONG), backend);
                Wire stream = setup.connect();
                Wire waiting = setup.connect()) {
            stream.send("GET /stream HTTP/1.1\r\nHost: h\r\n\r\n").readTo("half");
            waiting.send(GET);
            begun.await();
            Thread closing = closing(setup);
            // The deadline of requests is over, as this one tells.
            assertThat(waiting.head()).startsWith("HTTP/1.1 503 ");
            goOn.countDown();

            assertThat(stream.rest()).isEqualTo("full");
            closing.join();
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void aTunnelEndsAtTheDeadlineOfStreamsHoweverLongRequestsMayTake() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
                    wire.rest();
                });
                Setup setup = Setup.before(
                        builder -> builder.drain(Duration.ofHours(1)).drainStreams(SHORT), backend);
                Wire client = setup.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n")
                    .head();
            Thread closing = closing(setup);

            assertThat(client.isEnded()).isTrue();
            closing.join();
            assertThat(setup.trafficAtRest().completed()).isEqualTo(1);
        }
    }

    @Test
    void aSuccessorTakesThePortOverWhereItIsShared() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup first = Setup.before(ListenerBuilder::sharingPort, backend)) {
            int port = first.listener().address().getPort();
            try (Setup second = Setup.before(builder -> builder.sharingPort().at("127.0.0.1", port), backend)) {
                first.listener().close();
                try (Wire client = Wire.to(port)) {
                    assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 ");
                }
                assertThat(second.trafficAtRest().completed()).isEqualTo(1);
            }
        }
    }

    @Test
    void aPortThatOneOfTwoDoesNotShareIsInUse() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup first = Setup.before(backend)) {
            int port = first.listener().address().getPort();
            ListenerBuilder second =
                    Listener.forwarding(first.orchestrator()).sharingPort().at("127.0.0.1", port);

            assertThatThrownBy(second::start)
                    .isInstanceOf(ListenerException.class)
                    .hasMessageContaining("the port is in use");
        }
    }

    private static Thread closing(Setup setup) {
        Thread thread = new Thread(setup.listener()::close, "closing");
        thread.start();
        return thread;
    }
}
