package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A client that has said all it will say still wants its answers. */
class HalfCloseTest {

    @Test
    void anEndInTheSameTurnAsAnAnswerDoesNotLoseTheRequestBehindIt() throws Exception {
        CountDownLatch firstAsked = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Backend.Script script = wire -> {
            while (true) {
                if (wire.head().startsWith("GET /first ")) {
                    firstAsked.countDown();
                    busy.await();
                    wire.send(Backend.OK);
                    answered.countDown();
                } else {
                    wire.send(Backend.OK);
                }
            }
        };
        // Holds up the event loop, so that all that comes meanwhile comes in one turn, in this order.
        AccessLog stalling = entry -> {
            if (entry.target().equals("/other")) {
                busy.countDown();
                awaitQuietly(goOn);
            }
        };
        try (Backend backend = Backend.playing(script);
                Setup setup = Setup.before(builder -> builder.accessLog(stalling), backend);
                Wire client = setup.connect();
                Wire other = setup.connect()) {
            client.send("GET /first HTTP/1.1\r\nHost: h\r\n\r\nGET /second HTTP/1.1\r\nHost: h\r\n\r\n");
            firstAsked.await();
            other.send("GET /other HTTP/1.1\r\nHost: h\r\n\r\n");
            answered.await();
            client.end();
            goOn.countDown();
            assertThat(client.rest().split("HTTP/1.1 200 OK", -1)).hasSize(3);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
