package io.symphony.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Buffers for what a socket did not take at once. A few large ones are kept outside the heap, for the copy that they
 * save; when many peers are slow the rest is heap of just the length that is needed.
 */
final class Spares {

    private static final int MOST = 16;
    /** From this much heap on, whatever is read is read in small pieces. */
    private static final int STRAIN_BYTES = 4 * 1024 * 1024;

    private final int capacity;
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();
    private int made;
    private long heapBytes;

    Spares(int capacity) {
        this.capacity = capacity;
    }

    ByteBuffer take(int length) {
        ByteBuffer spare = length <= capacity ? idle.pollLast() : null;
        if (spare != null) {
            return spare.clear();
        }
        if (length <= capacity && made < MOST) {
            made++;
            return ByteBuffer.allocateDirect(capacity);
        }
        heapBytes += length;
        return ByteBuffer.allocate(length);
    }

    void giveBack(ByteBuffer used) {
        if (used.isDirect()) {
            idle.addLast(used);
        } else {
            heapBytes -= used.capacity();
        }
    }

    /** Whether so many peers are slow that what is read for each must be less. */
    boolean isStrained() {
        return heapBytes > STRAIN_BYTES;
    }
}
