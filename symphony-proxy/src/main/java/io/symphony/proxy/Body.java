package io.symphony.proxy;

import java.nio.ByteBuffer;

/** Where a message's body ends: it has none, a length, chunks, or it goes on until the connection closes. */
final class Body {

    /** The bytes are not a body; {@link #refusal()} says why. */
    static final int REFUSED = -1;

    private enum Framing {
        LENGTH,
        CHUNKS,
        UNTIL_CLOSE
    }

    private final Chunks chunks;
    private Framing framing = Framing.LENGTH;
    private long left;
    private long dataBytes;

    Body(int mostTrailerBytes) {
        chunks = new Chunks(mostTrailerBytes);
    }

    void none() {
        ofLength(0);
    }

    void ofLength(long length) {
        framing = Framing.LENGTH;
        left = length;
        dataBytes = 0;
    }

    void chunked() {
        framing = Framing.CHUNKS;
        chunks.begin();
    }

    /** In chunks, and the trailers behind them are not passed on. */
    void chunkedWithoutTrailers() {
        framing = Framing.CHUNKS;
        chunks.beginDroppingTrailers();
    }

    /** In chunks, of which only the data is passed on. */
    void unchunked() {
        framing = Framing.CHUNKS;
        chunks.beginStripping();
    }

    void untilClose() {
        framing = Framing.UNTIL_CLOSE;
        dataBytes = 0;
    }

    boolean endsWithConnection() {
        return framing == Framing.UNTIL_CLOSE;
    }

    /** Whether what is passed on still has the framing of chunks around it. */
    boolean passesChunks() {
        return framing == Framing.CHUNKS && !chunks.strips();
    }

    boolean ended() {
        return switch (framing) {
            case LENGTH -> left == 0;
            case CHUNKS -> chunks.ended();
            case UNTIL_CLOSE -> false;
        };
    }

    /** The bytes of content so far. */
    long dataBytes() {
        return framing == Framing.CHUNKS ? chunks.dataBytes() : dataBytes;
    }

    /** The bytes of content that are still to come, as far as that was said. */
    long knownLeft() {
        return framing == Framing.LENGTH ? left : 0;
    }

    Refusal refusal() {
        return chunks.refusal();
    }

    /** How many bytes of this range belong to the body, or {@link #REFUSED}. */
    int take(ByteBuffer buffer, int from, int to) {
        if (framing == Framing.CHUNKS) {
            return chunks.take(buffer, from, to);
        }
        int length = to - from;
        if (framing == Framing.LENGTH) {
            length = (int) Math.min(left, length);
            left -= length;
        }
        dataBytes += length;
        return length;
    }

    /** Where what is to be passed on ends, after a take of {@code taken} bytes from {@code from}. */
    int keptEnd(int from, int taken) {
        return framing == Framing.CHUNKS ? chunks.keptEnd() : from + taken;
    }
}
