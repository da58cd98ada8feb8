package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a replica sends beyond its response is nobody's response (RFC 9112, 6.3). */
class ExtraBytesTest {

    private static final int READ_SIZE = 64 * 1024;
    private static final String EXTRA = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nEXTRA";

    @Test
    void bytesBehindAReadThatWasFullAreNotTakenForTheNextResponse() throws Exception {
        String response = filling(READ_SIZE);
        String body = response.substring(response.indexOf("\r\n\r\n") + 4);
        try (Backend backend = Backend.playing(wire -> {
                    while (true) {
                        wire.send(wire.head().startsWith("GET /first ") ? response + EXTRA : Backend.OK);
                    }
                });
                Setup setup = Setup.before(backend)) {
            for (int i = 0; i < 20; i++) {
                try (Wire client = setup.connect()) {
                    client.send("GET /first HTTP/1.1\r\nHost: h\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
                    client.head();
                    assertThat(client.read(body.length())).isEqualTo(body);
                    assertThat(client.head()).contains("Content-Length: 2\r\n");
                    assertThat(client.read(2)).isEqualTo("ok");
                }
            }
        }
    }

    @Test
    void aConnectionIsUsedAgainAfterAReadThatWasFullAndNoMore() throws Exception {
        String response = filling(READ_SIZE);
        try (Backend backend = Backend.answering(response);
                Setup setup = Setup.before(backend);
                Wire client = setup.connect()) {
            for (int i = 0; i < 5; i++) {
                String head = client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").head();
                client.read(Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1")));
            }
            assertThat(backend.connections()).isEqualTo(1);
        }
    }

    /** A response of exactly this many bytes. */
    private static String filling(int bytes) {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n";
        int body = bytes - head.formatted(bytes - 40).length();
        return head.formatted(body) + "a".repeat(body);
    }
}
