package io.symphony.proxy;

import java.nio.ByteBuffer;

/**
 * The two buffers for what is encrypted, shared by all connections of one event loop. They are heap, because the JDK's
 * ciphers work on arrays.
 */
final class TlsBuffers {

    /** More than the largest record that may come (RFC 5246: 2^14 bytes and 2,048 and a head). */
    static final int LARGEST_RECORD = 18_500;

    private final ByteBuffer incoming;
    private final ByteBuffer outgoing;

    /** For as much as the loop reads at once, and for as much as it ever sends at once. */
    TlsBuffers(int readSize, int capacity) {
        incoming = ByteBuffer.allocate(readSize);
        // A record costs less than 1 percent; the engine asks for the room of a whole one before each.
        outgoing = ByteBuffer.allocate(capacity + capacity / 64 + LARGEST_RECORD);
    }

    ByteBuffer incoming() {
        return incoming;
    }

    ByteBuffer outgoing() {
        return outgoing;
    }
}
