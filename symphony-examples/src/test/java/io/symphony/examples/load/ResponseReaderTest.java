package io.symphony.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {

    static Stream<Arguments> responses() {
        String interim = "HTTP/1.1 100 Continue\r\n\r\n";
        return Stream.of(
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, true),
                Arguments.of("HTTP/1.1 200 OK\r\nX: y\r\nCONTENT-LENGTH:0\r\n\r\n", 200, true),
                Arguments.of("HTTP/1.1 404 \r\nContent-Length: 2\r\nConnection: close\r\n\r\nno", 404, false),
                Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, false),
                Arguments.of("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nok", 200, true),
                Arguments.of("HTTP/1.1 204 No Content\r\n\r\n", 204, true),
                Arguments.of("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, true),
                Arguments.of(interim + "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\n!", 201, true),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
                        200,
                        true),
                Arguments.of(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n!\r\n0\r\nTrailer: t\r\n\r\n",
                        200,
                        true));
    }

    @ParameterizedTest
    @MethodSource("responses")
    void aResponseIsWholeAtItsLastByteWhateverThePieces(String response, int status, boolean keeps) throws IOException {
        for (int piece = 1; piece <= response.length(); piece++) {
            ResponseReader reader = new ResponseReader(false);

            assertThat(bytesUntilWhole(reader, response, piece)).isEqualTo(response.length());
            assertThat(reader.status()).isEqualTo(status);
            assertThat(reader.keepsConnection()).isEqualTo(keeps);
        }
    }

    @Test
    void theNextResponseStaysInTheBuffer() throws IOException {
        ResponseReader reader = new ResponseReader(false);
        ByteBuffer two =
                bytes("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n");

        assertThat(reader.read(two)).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        reader.reset();
        assertThat(reader.read(two)).isTrue();
        assertThat(reader.status()).isEqualTo(404);
        assertThat(two.hasRemaining()).isFalse();
    }

    @Test
    void anAnswerToHeadHasNoBody() throws IOException {
        assertThat(new ResponseReader(true).read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")))
                .isTrue();
    }

    @Test
    void withoutALengthTheEndOfTheConnectionIsTheEndOfTheBody() throws IOException {
        ResponseReader reader = new ResponseReader(false);

        assertThat(reader.read(bytes("HTTP/1.1 200 OK\r\n\r\nand so on"))).isFalse();
        assertThat(reader.endsWithConnection()).isTrue();
        assertThat(reader.keepsConnection()).isFalse();
    }

    @Test
    void aBodyLargerThanAnyBufferIsCountedOff() throws IOException {
        ResponseReader reader = new ResponseReader(false);
        reader.read(bytes("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n"));

        assertThat(reader.read(ByteBuffer.allocate(150_000))).isFalse();
        assertThat(reader.read(ByteBuffer.allocate(50_000))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n"
            })
    void whatIsNoHttpIsRefused(String response) {
        assertThatThrownBy(() -> new ResponseReader(false).read(bytes(response)))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("malformed answer");
    }

    @Test
    void aHeadWithoutEndIsRefused() {
        ResponseReader reader = new ResponseReader(false);

        assertThatThrownBy(() -> reader.read(bytes("HTTP/1.1 200 OK\r\nX: " + "x".repeat(70_000))))
                .hasMessageContaining("65536");
    }

    private static int bytesUntilWhole(ResponseReader reader, String response, int piece) throws IOException {
        for (int from = 0; from < response.length(); from += piece) {
            int to = Math.min(response.length(), from + piece);
            if (reader.read(bytes(response.substring(from, to)))) {
                return to;
            }
        }
        return -1;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
