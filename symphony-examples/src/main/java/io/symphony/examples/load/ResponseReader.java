package io.symphony.examples.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads one response after another off a connection, in whatever pieces they come, and keeps nothing of the bodies. */
final class ResponseReader {
    private static final int MOST_HEAD_BYTES = 64 * 1024;
    /** A head mostly fits into this, and of a body that follows it no more is copied. */
    private static final int MOST_TAKEN = 1024;

    private final boolean answersHead;
    private final ResponseHead head = new ResponseHead();
    private final ChunkReader chunks = new ChunkReader();
    private byte[] partial = new byte[1024];
    private int length;
    private Body body = Body.NOT_YET;
    private long bodyLeft;

    ResponseReader(boolean answersHead) {
        this.answersHead = answersHead;
    }

    /** Takes what has arrived; true once the response is whole. */
    boolean read(ByteBuffer in) throws IOException {
        while (body == Body.NOT_YET) {
            if (!in.hasRemaining()) {
                return false;
            }
            readHead(in);
        }
        return readBody(in);
    }

    int status() {
        return head.status();
    }

    /** Whether any byte of the present response has arrived. */
    boolean hasBegun() {
        return length > 0 || body != Body.NOT_YET;
    }

    /** Whether the end of the connection is the proper end of this response. */
    boolean endsWithConnection() {
        return body == Body.UNTIL_CLOSE;
    }

    boolean keepsConnection() {
        return head.keepsConnection() && body != Body.UNTIL_CLOSE;
    }

    void reset() {
        length = 0;
        body = Body.NOT_YET;
    }

    private void readHead(ByteBuffer in) throws IOException {
        int before = length;
        int taken = Math.min(in.remaining(), MOST_TAKEN);
        makeRoom(taken);
        in.get(partial, length, taken);
        length += taken;
        int end = endOfHead(Math.max(0, before - 3));
        if (end < 0) {
            if (length > MOST_HEAD_BYTES) {
                throw new IOException("malformed answer: a head of more than " + MOST_HEAD_BYTES + " bytes");
            }
            return;
        }
        in.position(in.position() - (length - end));
        length = 0;
        head.parse(partial, end);
        body = head.status() < 200 ? Body.NOT_YET : bodyOf(head);
    }

    private Body bodyOf(ResponseHead head) {
        if (answersHead || head.status() == 204 || head.status() == 304) {
            bodyLeft = 0;
            return Body.COUNTED;
        }
        if (head.isChunked()) {
            chunks.reset();
            return Body.CHUNKED;
        }
        bodyLeft = head.contentLength();
        return bodyLeft < 0 ? Body.UNTIL_CLOSE : Body.COUNTED;
    }

    private boolean readBody(ByteBuffer in) throws IOException {
        if (body == Body.CHUNKED) {
            return chunks.read(in);
        }
        if (body == Body.UNTIL_CLOSE) {
            in.position(in.limit());
            return false;
        }
        int taken = (int) Math.min(bodyLeft, in.remaining());
        in.position(in.position() + taken);
        bodyLeft -= taken;
        return bodyLeft == 0;
    }

    private void makeRoom(int more) {
        if (length + more > partial.length) {
            partial = Arrays.copyOf(partial, Math.max(2 * partial.length, length + more));
        }
    }

    private int endOfHead(int from) {
        for (int i = from + 3; i < length; i++) {
            if (partial[i] == '\n' && partial[i - 1] == '\r' && partial[i - 2] == '\n' && partial[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }

    private enum Body {
        NOT_YET,
        COUNTED,
        CHUNKED,
        UNTIL_CLOSE
    }
}
