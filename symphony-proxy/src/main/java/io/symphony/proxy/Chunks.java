package io.symphony.proxy;

import java.nio.ByteBuffer;

/**
 * Follows a chunked body byte by byte, wherever the reads cut it, and refuses what is not exactly one. It can also
 * take the chunks away and leave the data, for a client that does not know them.
 */
final class Chunks {

    private enum State {
        SIZE_BEGINS,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_BEGINS,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        LAST_LF,
        ENDED
    }

    /** What of the body is passed on. */
    private enum Keeps {
        ALL,
        ALL_BUT_TRAILERS,
        DATA
    }

    /** A size of more digits could not be counted in a long. */
    private static final int SIZE_DIGITS = 15;
    /** What a message may spend on chunk extensions, which nobody uses. */
    private static final int MOST_EXTENSION_BYTES = 4_096;

    private final TrailerRule trailer = new TrailerRule();
    private final int mostTrailerBytes;
    private State state = State.ENDED;
    private Keeps keeps = Keeps.ALL;
    private long left;
    private long dataBytes;
    private int digits;
    private int extensionBytes;
    private int trailerBytes;
    private int keptEnd;
    private Refusal refusal = Refusal.BAD_CHUNK;

    Chunks(int mostTrailerBytes) {
        this.mostTrailerBytes = mostTrailerBytes;
    }

    /** Begins a body that is passed on as it is. */
    void begin() {
        begin(Keeps.ALL);
    }

    /** Begins a body that is passed on without its trailers. */
    void beginDroppingTrailers() {
        begin(Keeps.ALL_BUT_TRAILERS);
    }

    /** Begins a body of which only the data is passed on. */
    void beginStripping() {
        begin(Keeps.DATA);
    }

    private void begin(Keeps what) {
        state = State.SIZE_BEGINS;
        keeps = what;
        left = 0;
        dataBytes = 0;
        digits = 0;
        extensionBytes = 0;
        trailerBytes = 0;
    }

    /** Whether only the data is passed on. */
    boolean strips() {
        return keeps == Keeps.DATA;
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** The bytes of data so far, without their framing. */
    long dataBytes() {
        return dataBytes;
    }

    Refusal refusal() {
        return refusal;
    }

    /** Where the bytes end that the last {@link #take} left to be passed on. */
    int keptEnd() {
        return keptEnd;
    }

    /** How many bytes of this range belong to the body, or {@link Body#REFUSED}. */
    int take(ByteBuffer buffer, int from, int to) {
        keptEnd = from;
        int at = from;
        while (at < to && state != State.ENDED) {
            if (state == State.DATA) {
                at += data(buffer, at, to);
            } else if (!framing(buffer, at++)) {
                return Body.REFUSED;
            }
        }
        return at - from;
    }

    private int data(ByteBuffer buffer, int at, int to) {
        int length = (int) Math.min(left, to - at);
        left -= length;
        dataBytes += length;
        keep(buffer, at, length);
        if (left == 0) {
            state = State.DATA_CR;
        }
        return length;
    }

    private boolean framing(ByteBuffer buffer, int at) {
        byte octet = buffer.get(at);
        if (keeps(octet)) {
            keep(buffer, at, 1);
        }
        return step(octet);
    }

    /** Moves what is kept up to what was kept before; nothing moves while nothing was dropped. */
    private void keep(ByteBuffer buffer, int at, int length) {
        if (keptEnd != at) {
            buffer.put(keptEnd, buffer, at, length);
        }
        keptEnd += length;
    }

    private boolean keeps(byte octet) {
        return switch (keeps) {
            case ALL -> true;
            case DATA -> false;
            case ALL_BUT_TRAILERS ->
                switch (state) {
                    case TRAILER_NAME, TRAILER_VALUE, TRAILER_LF -> false;
                    case TRAILER_BEGINS -> octet == '\r'; // the end of the whole body
                    default -> true;
                };
        };
    }

    private boolean step(byte octet) {
        return switch (state) {
            case SIZE_BEGINS, SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_LF -> octet == '\n' ? sizeRead() : no(Refusal.BAD_CHUNK);
            case DATA_CR -> expect(octet, '\r', State.DATA_LF);
            case DATA_LF -> dataRead(octet);
            case LAST_LF -> expect(octet, '\n', State.ENDED);
            default -> trailer(octet);
        };
    }

    private boolean dataRead(byte octet) {
        digits = 0;
        return expect(octet, '\n', State.SIZE_BEGINS);
    }

    private boolean expect(byte octet, char wanted, State next) {
        state = next;
        return octet == wanted || no(Refusal.BAD_CHUNK);
    }

    private boolean size(byte octet) {
        int digit = Octets.hex(octet);
        if (digit >= 0) {
            left = left * 16 + digit;
            state = State.SIZE;
            return ++digits <= SIZE_DIGITS || no(Refusal.BAD_CHUNK);
        }
        if (state == State.SIZE_BEGINS) {
            return no(Refusal.BAD_CHUNK);
        }
        if (octet == ';') {
            state = State.EXTENSION;
            return true;
        }
        return expect(octet, '\r', State.SIZE_LF);
    }

    private boolean extension(byte octet) {
        if (octet == '\r') {
            state = State.SIZE_LF;
            return true;
        }
        return Octets.isValue(octet) && ++extensionBytes <= MOST_EXTENSION_BYTES || no(Refusal.BAD_CHUNK);
    }

    private boolean sizeRead() {
        state = left == 0 ? State.TRAILER_BEGINS : State.DATA;
        return true;
    }

    private boolean trailer(byte octet) {
        if (++trailerBytes > mostTrailerBytes) {
            return no(Refusal.LARGE_TRAILER);
        }
        return switch (state) {
            case TRAILER_BEGINS -> octet == '\r' ? expect(octet, '\r', State.LAST_LF) : trailerBegins(octet);
            case TRAILER_NAME -> trailerName(octet);
            case TRAILER_VALUE -> octet == '\r' ? expect(octet, '\r', State.TRAILER_LF) : trailerValue(octet);
            default -> {
                state = State.TRAILER_BEGINS;
                yield octet == '\n' || no(Refusal.BAD_TRAILER);
            }
        };
    }

    private boolean trailerBegins(byte octet) {
        trailer.clear();
        state = State.TRAILER_NAME;
        return trailerName(octet);
    }

    private boolean trailerValue(byte octet) {
        return Octets.isValue(octet) || no(Refusal.BAD_TRAILER);
    }

    private boolean trailerName(byte octet) {
        if (octet == ':' && !trailer.isEmpty()) {
            state = State.TRAILER_VALUE;
            return trailer.allows() || no(Refusal.BAD_TRAILER);
        }
        trailer.add(octet);
        return Octets.isToken(octet) || no(Refusal.BAD_TRAILER);
    }

    private boolean no(Refusal why) {
        refusal = why;
        return false;
    }
}
