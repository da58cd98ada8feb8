package io.symphony.proxy;

import java.nio.ByteBuffer;

/** Bytes that must outlive the event loop's buffer: a partial head, a next request, a request to send again. */
final class Stash {

    private static final byte[] NONE = {};
    private static final int SMALLEST = 256;
    /** What is worth keeping for the next time. */
    private static final int KEPT = 2_048;

    private byte[] bytes = NONE;
    private int length;

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = NONE;
        }
    }

    /** Keeps this range and nothing else. */
    void set(ByteBuffer buffer, int from, int to) {
        length = 0;
        add(buffer, from, to);
    }

    void add(ByteBuffer buffer, int from, int to) {
        int wanted = length + to - from;
        if (wanted > bytes.length) {
            int room = Math.max(Math.max(SMALLEST, wanted), Math.min(bytes.length * 2, wanted * 2));
            byte[] larger = new byte[room];
            System.arraycopy(bytes, 0, larger, 0, length);
            bytes = larger;
        }
        buffer.get(from, bytes, length, to - from);
        length = wanted;
    }

    /** Writes what is kept into the buffer: where it ends there. */
    int copyTo(ByteBuffer buffer, int at) {
        buffer.put(at, bytes, 0, length);
        return at + length;
    }
}
