package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a listener makes of requests and responses that break off, end early or go on for too long, on raw sockets. */
class BrokenOffTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    void aClientThatHasEndedItsStreamStillGetsItsAnswer() throws Exception {
        try (Backend backend = Backend.answering(Backend.OK);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).end();
            assertThat(client.rest()).startsWith("HTTP/1.1 200 OK").endsWith("ok");
        }
    }

    @Test
    void aRequestThatBreaksOffIsAbandonedAndItsConnectionIsNotUsedAgain() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.rest();
                });
                Setup setup = Setup.before(backend)) {
            try (Wire client = setup.connect()) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe")
                        .end();
                assertThat(client.isEnded()).isTrue();
            }
            assertThat(setup.trafficAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void aClientThatResetsFreesItsReplica() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                    assertThat(wire.isEnded()).isTrue();
                });
                Setup setup = Setup.before(backend)) {
            Wire client = setup.connect();
            client.send(GET).head();
            client.reset();
            assertThat(setup.trafficAtRest().abandoned()).isEqualTo(1);
        }
    }

    @Test
    void aResponseThatBreaksOffBreaksOffForTheClientToo() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            client.send(GET).head();
            assertThatThrownBy(() -> client.read(5)).isInstanceOf(IOException.class);
            assertThat(setup.trafficAtRest().failed()).isEqualTo(1);
        }
    }

    @Test
    void whatAReplicaSendsBeyondItsAnswerReachesNobody() throws Exception {
        try (Backend backend = Backend.playing(wire -> {
                    wire.head();
                    wire.send(Backend.OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL");
                    wire.rest();
                });
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 3; i++) {
                client.send(GET).head();
                assertThat(client.read(2)).isEqualTo("ok");
            }
            assertThat(backend.connections()).isEqualTo(3);
        }
    }
}
