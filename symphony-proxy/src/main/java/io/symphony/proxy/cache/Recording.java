package io.symphony.proxy.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** A response's content while it goes by. It is given up where it becomes too large, or breaks off. */
public final class Recording {

    private static final int SMALLEST = 1_024;

    private final Room room;
    private final Consumer<byte[]> kept;
    private final Runnable ended;
    private byte[] bytes = {};
    private int length;
    private boolean over;

    Recording(Room room, Consumer<byte[]> kept, Runnable ended) {
        this.room = room;
        this.kept = kept;
        this.ended = ended;
    }

    /** Takes note of a piece; the buffer's position moves to its limit. */
    public void add(ByteBuffer piece) {
        int wanted = length + piece.remaining();
        if (over || wanted > bytes.length && !grow(wanted)) {
            giveUp();
            return;
        }
        piece.get(bytes, length, piece.remaining());
        length = wanted;
    }

    private boolean grow(int wanted) {
        if (wanted < 0 || wanted > room.mostOfOne()) {
            return false;
        }
        int next = Math.min(Math.max(Math.max(wanted, SMALLEST), bytes.length * 2), room.mostOfOne());
        if (!room.take(next - bytes.length)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, next);
        return true;
    }

    /** The response is whole. */
    public void complete() {
        if (!over) {
            kept.accept(Arrays.copyOf(bytes, length));
        }
        giveUp();
    }

    /** The response will not be whole, or nobody wants it to be kept. */
    public void giveUp() {
        if (!over) {
            over = true;
            room.giveBack(bytes.length);
            bytes = new byte[0];
            ended.run();
        }
    }
}
