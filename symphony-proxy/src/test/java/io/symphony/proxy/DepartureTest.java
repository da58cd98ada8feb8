package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DepartureTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void aReplicaThatLeavesHasItsIdleConnectionsClosed() throws Exception {
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send(Backend.OK);
                    ended.add("after: " + wire.rest());
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            client.read(2);
            setup.listener().left(new ReplicaId("acts", 1));
            assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("after: ");
        }
    }

    @Test
    void aReplicaThatLeavesFinishesWhatIsInsideAndItsConnectionIsNotKept() throws Exception {
        BlockingQueue<String> inside = new LinkedBlockingQueue<>();
        BlockingQueue<String> left = new LinkedBlockingQueue<>();
        BlockingQueue<String> ended = new LinkedBlockingQueue<>();
        try (Backend backend = Backend.playing(wire -> {
                    inside.add(wire.head());
                    left.take();
                    wire.send(Backend.OK);
                    ended.add("after: " + wire.rest());
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET);
            inside.take();
            setup.listener().left(new ReplicaId("acts", 1));
            left.add("now");
            assertThat(client.head()).startsWith("HTTP/1.1 200 ");
            assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("after: ");
        }
    }

    @Test
    void aReplicaWithANameIsFoundWithoutHoldingUpTheLoop() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(
                        builder -> builder,
                        new Endpoint("localhost", backend.endpoint().port()));
                Wire client = setup.connect()) {
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void ofAReplicaWhoseNameIsUnknownTheClientHearsThat() throws Exception {
        Timeouts hasty = Timeouts.defaults().withPatience(Duration.ofMillis(50));
        try (Setup setup = Setup.before(builder -> builder.timeouts(hasty), new Endpoint("no-such-host.invalid", 80));
                Wire client = setup.connect()) {
            client.send(GET);
            assertThat(client.head()).startsWith("HTTP/1.1 503 ");
            assertThat(client.readTo("}")).contains("the last: acts-1: host not found: no-such-host.invalid");
        }
    }
}
