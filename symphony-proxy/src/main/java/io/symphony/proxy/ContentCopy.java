package io.symphony.proxy;

import java.nio.ByteBuffer;

/** The content of a body that passes by, copied without the chunks around it. */
final class ContentCopy {

    private final Body content;

    ContentCopy(Limits limits) {
        content = new Body(limits.trailerBytes());
    }

    /** Begins with a body, which is framed by now. */
    void begin(Body passing) {
        if (passing.passesChunks()) {
            beginChunks();
        } else {
            beginBytes();
        }
    }

    /** Begins with a body that comes in chunks. */
    void beginChunks() {
        content.unchunked();
    }

    /** Begins with a body that comes as it is. */
    void beginBytes() {
        content.untilClose();
    }

    /** The content in this range, all of which is the body's. */
    ByteBuffer of(ByteBuffer buffer, int from, int to) {
        ByteBuffer copy = ByteBuffer.allocate(to - from).put(0, buffer, from, to - from);
        int taken = content.take(copy, 0, to - from);
        return copy.limit(content.keptEnd(0, taken));
    }
}
