package io.symphony.examples.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds the end of a chunked body. */
final class ChunkReader {
    private static final long MOST = Long.MAX_VALUE >> 8;

    private State state = State.SIZE;
    private long left;
    private boolean sizeSeen;
    private boolean trailerEmpty;

    void reset() {
        state = State.SIZE;
        left = 0;
        sizeSeen = false;
    }

    /** True once the last chunk and the trailers have been read. */
    boolean read(ByteBuffer in) throws IOException {
        while (in.hasRemaining() && state != State.DONE) {
            if (state == State.DATA) {
                skipData(in);
            } else {
                take(in.get());
            }
        }
        return state == State.DONE;
    }

    private void skipData(ByteBuffer in) {
        int taken = (int) Math.min(left, in.remaining());
        in.position(in.position() + taken);
        left -= taken;
        if (left == 0) {
            state = State.AFTER_DATA;
        }
    }

    private void take(byte b) throws IOException {
        if (state == State.SIZE) {
            size(b);
        } else if (state == State.EXTENSION) {
            endOfSize(b);
        } else if (state == State.AFTER_DATA) {
            afterData(b);
        } else {
            trailer(b);
        }
    }

    private void size(byte b) throws IOException {
        int digit = Character.digit(b, 16);
        if (digit >= 0 && left < MOST) {
            left = 16 * left + digit;
            sizeSeen = true;
        } else if (sizeSeen && (b == '\r' || b == ';' || b == ' ' || b == '\t')) {
            state = State.EXTENSION;
        } else {
            throw new IOException("malformed answer: a chunk without a proper size");
        }
    }

    private void endOfSize(byte b) {
        if (b == '\n') {
            trailerEmpty = true;
            state = left == 0 ? State.TRAILERS : State.DATA;
        }
    }

    private void afterData(byte b) throws IOException {
        if (b == '\n') {
            reset();
        } else if (b != '\r') {
            throw new IOException("malformed answer: a chunk longer than its size");
        }
    }

    private void trailer(byte b) {
        if (b == '\n' && trailerEmpty) {
            state = State.DONE;
        } else if (b == '\n') {
            trailerEmpty = true;
        } else if (b != '\r') {
            trailerEmpty = false;
        }
    }

    private enum State {
        SIZE,
        EXTENSION,
        DATA,
        AFTER_DATA,
        TRAILERS,
        DONE
    }
}
