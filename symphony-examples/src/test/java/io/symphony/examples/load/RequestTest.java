package io.symphony.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void aGetHasNoBodyAndNoLength() {
        assertThat(text(Request.of("GET", URI.create("http://acts:81/a%20b?c=d"), List.of(), "")))
                .isEqualTo(
                        "GET /a%20b?c=d HTTP/1.1\r\nHost: acts:81\r\nUser-Agent: symphony-load\r\nAccept: */*\r\n\r\n");
    }

    @Test
    void aPostHasItsLengthInBytes() {
        assertThat(text(Request.of("POST", URI.create("http://acts"), List.of(), "é")))
                .startsWith("POST / HTTP/1.1\r\nHost: acts\r\n")
                .contains("\r\nContent-Length: 2\r\n")
                .endsWith("\r\n\r\né");
        assertThat(text(Request.of("POST", URI.create("http://acts"), List.of(), "")))
                .contains("Content-Length: 0");
    }

    @Test
    void aHeaderThatIsGivenReplacesOurs() {
        String text =
                text(Request.of("GET", URI.create("http://acts"), List.of("host: other", "X-A: 1", "X-A: 2"), ""));

        assertThat(text)
                .contains("host: other\r\n")
                .doesNotContain("Host: acts")
                .contains("X-A: 1\r\nX-A: 2\r\n");
    }

    @Test
    void thePortIs80UnlessSaid() {
        assertThat(Request.of("GET", URI.create("http://127.0.0.1"), List.of(), "")
                        .target()
                        .getPort())
                .isEqualTo(80);
        assertThat(Request.of("GET", URI.create("http://[::1]:81"), List.of(), "")
                        .target()
                        .getPort())
                .isEqualTo(81);
    }

    private static String text(Request request) {
        return StandardCharsets.UTF_8.decode(request.bytes()).toString();
    }
}
