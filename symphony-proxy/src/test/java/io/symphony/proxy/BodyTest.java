package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {

    private static final String NEXT = "GET / HTTP/1.1";

    private final Body body = new Body(64);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0\r\n\r\n",
                "5\r\nhello\r\n0\r\n\r\n",
                "5;a=b;c=\"d e\"\r\nhello\r\n00\r\n\r\n",
                "A\r\n0123456789\r\n1\r\nx\r\n0\r\nX-T: v\r\nY:\r\n\r\n",
                "000000000000002\r\nhi\r\n0;x\r\n\r\n"
            })
    void chunksEndWhereTheyEndWhereverTheReadsCutThem(String chunks) {
        for (int cut = 0; cut <= chunks.length(); cut++) {
            body.chunked();
            ByteBuffer buffer = buffer(chunks + NEXT);
            assertThat(body.take(buffer, 0, cut)).isEqualTo(cut);
            assertThat(body.ended()).isEqualTo(cut == chunks.length());
            assertThat(body.take(buffer, cut, buffer.capacity())).isEqualTo(chunks.length() - cut);
            assertThat(body.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'\r\n', BAD_CHUNK",
        "'g\r\n', BAD_CHUNK",
        "'0x5\r\n', BAD_CHUNK",
        "'-5\r\n', BAD_CHUNK",
        "'5 \r\n', BAD_CHUNK",
        "' 5\r\n', BAD_CHUNK",
        "'5 ;a\r\n', BAD_CHUNK",
        "'5\n', BAD_CHUNK",
        "'5\rh', BAD_CHUNK",
        "'5;a\n', BAD_CHUNK",
        "'5;a\rb', BAD_CHUNK",
        "'5\r\nhello!', BAD_CHUNK",
        "'5\r\nhello\n', BAD_CHUNK",
        "'5\r\nhello\r0', BAD_CHUNK",
        "'FFFFFFFFFFFFFFFF', BAD_CHUNK",
        "'0000000000000000', BAD_CHUNK",
        "'0\r\n\n', BAD_TRAILER",
        "'0\r\n\r0', BAD_CHUNK",
        "'0\r\n: v', BAD_TRAILER",
        "'0\r\nA B', BAD_TRAILER",
        "'0\r\nA: b\n', BAD_TRAILER",
        "'0\r\nA: b\rC', BAD_TRAILER",
        "'0\r\nContent-Length: 5', BAD_TRAILER",
        "'0\r\nHOST: evil', BAD_TRAILER",
        "'0\r\n\tA: b', BAD_TRAILER",
    })
    void whatIsNotExactlyChunksIsRefused(String chunks, Refusal why) {
        body.chunked();
        assertThat(body.take(buffer(chunks), 0, chunks.length())).isEqualTo(Body.REFUSED);
        assertThat(body.refusal()).isEqualTo(why);
    }

    @Test
    void trailersAndExtensionsAreBounded() {
        String trailers = "0\r\nA: " + "b".repeat(64);
        body.chunked();
        assertThat(body.take(buffer(trailers), 0, trailers.length())).isEqualTo(Body.REFUSED);
        assertThat(body.refusal()).isEqualTo(Refusal.LARGE_TRAILER);
        String extensions = "5;" + "b".repeat(5_000);
        body.chunked();
        assertThat(body.take(buffer(extensions), 0, extensions.length())).isEqualTo(Body.REFUSED);
    }

    @Test
    void strippedChunksLeaveTheirDataWhereverTheReadsCutThem() {
        String chunks = "5\r\nhello\r\n7;x=y\r\n, world\r\n0\r\nA: b\r\n\r\n";
        for (int cut = 0; cut <= chunks.length(); cut++) {
            body.unchunked();
            ByteBuffer buffer = buffer(chunks);
            int first = body.take(buffer, 0, cut);
            String data = text(buffer, 0, body.keptEnd(0, first));
            int second = body.take(buffer, cut, chunks.length());
            data += text(buffer, cut, body.keptEnd(cut, second));
            assertThat(data).isEqualTo("hello, world");
            assertThat(body.ended()).isTrue();
            assertThat(body.dataBytes()).isEqualTo(12);
        }
    }

    @Test
    void droppedTrailersLeaveAWholeChunkedBodyWhereverTheReadsCutThem() {
        String chunks = "5;x=y\r\nhello\r\n0\r\nA: b\r\nC: d\r\n\r\n";
        for (int cut = 0; cut <= chunks.length(); cut++) {
            body.chunkedWithoutTrailers();
            ByteBuffer buffer = buffer(chunks + NEXT);
            int first = body.take(buffer, 0, cut);
            String kept = text(buffer, 0, body.keptEnd(0, first));
            int second = body.take(buffer, cut, chunks.length() + NEXT.length());
            kept += text(buffer, cut, body.keptEnd(cut, second));
            assertThat(kept).isEqualTo("5;x=y\r\nhello\r\n0\r\n\r\n");
            assertThat(first + second).isEqualTo(chunks.length());
            assertThat(body.ended()).isTrue();
        }
    }

    @Test
    void aLengthEndsAfterItAndNoBodyEndsAtOnce() {
        body.ofLength(5);
        assertThat(body.take(buffer("hello" + NEXT), 0, 9)).isEqualTo(5);
        assertThat(body.ended()).isTrue();
        body.none();
        assertThat(body.ended()).isTrue();
        assertThat(body.take(buffer(NEXT), 0, 5)).isZero();
    }

    @Test
    void aBodyUntilCloseTakesEverythingAndNeverEndsByItself() {
        body.untilClose();
        assertThat(body.take(buffer(NEXT), 0, 5)).isEqualTo(5);
        assertThat(body.ended()).isFalse();
        assertThat(body.endsWithConnection()).isTrue();
    }

    private static ByteBuffer buffer(String text) {
        return ByteBuffer.wrap(Octets.ascii(text));
    }

    private static String text(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        buffer.get(from, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
