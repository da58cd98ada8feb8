package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.proxy.StrictReader.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What must hold of any bytes that are read as a chunked body: we and the strict reader agree, wherever reads cut it.
 * The first byte says how long the reads are.
 */
final class ChunksTarget {

    private static final int LONGEST = 8_192;
    private static final int TRAILER_BYTES = 256;
    private static final Message NO_HEAD = new Message("", List.of(), "", List.of());
    /** What could make something whole of bytes that were refused too early. */
    private static final List<String> ENDS =
            List.of("\r\n", "\n", "0\r\n\r\n", "\r\n0\r\n\r\n", "\n0\r\n\r\n", "\r\n\r\n", "\n\r\n", ":\r\n\r\n");

    private final Body body = new Body(TRAILER_BYTES);

    /** What was read of a body, and how it went. */
    private record Reading(boolean refused, boolean ended, int taken, String data) {}

    void run(byte[] input) {
        if (input.length < 2) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 1, Math.min(input.length, LONGEST));
        int step = 1 + (input[0] & 0xff) * 4;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        body.chunked();
        Reading ours = read(bytes, step);
        body.unchunked();
        Reading stripped = read(bytes, bytes.length);
        assertThat(stripped.refused()).isEqualTo(ours.refused());
        if (ours.refused()) {
            whatIsRefusedIsNotChunks(text);
        } else if (ours.ended()) {
            StrictReader reader = new StrictReader(text);
            Message theirs = reader.chunks(NO_HEAD);
            assertThat(ours.taken()).isEqualTo(reader.at());
            assertThat(stripped.taken()).isEqualTo(reader.at());
            assertThat(stripped.data()).isEqualTo(theirs.body());
            assertThat(body.dataBytes()).isEqualTo(theirs.body().length());
        } else {
            assertThat(reads(text)).isFalse();
            assertThat(ours.taken()).isEqualTo(bytes.length);
        }
    }

    private Reading read(byte[] bytes, int step) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.clone());
        StringBuilder data = new StringBuilder();
        int at = 0;
        while (at < bytes.length && !body.ended()) {
            int taken = body.take(buffer, at, Math.min(bytes.length, at + step));
            if (taken == Body.REFUSED) {
                return new Reading(true, false, at, data.toString());
            }
            int kept = body.keptEnd(at, taken);
            data.append(new String(buffer.array(), at, kept - at, StandardCharsets.ISO_8859_1));
            at += taken;
        }
        return new Reading(false, body.ended(), at, data.toString());
    }

    private void whatIsRefusedIsNotChunks(String text) {
        switch (body.refusal()) {
            case LARGE_TRAILER -> assertThat(text.length()).isGreaterThan(TRAILER_BYTES);
            case BAD_TRAILER -> assertThat(text).contains("0");
            default -> {
                if (text.length() < 4_096) {
                    assertThat(reads(text)).isFalse();
                    ENDS.forEach(end -> assertThat(reads(text + end)).isFalse());
                }
            }
        }
    }

    private static boolean reads(String text) {
        try {
            new StrictReader(text).chunks(NO_HEAD);
            return true;
        } catch (StrictReader.Cut | StrictReader.Breach notWhole) {
            return false;
        }
    }
}
