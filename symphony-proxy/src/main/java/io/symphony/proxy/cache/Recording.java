package io.symphony.proxy.cache;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A response's content while it goes by. It is given up where it becomes too large, or breaks off. */
public final class Recording {

    /** What is to be done with it. */
    interface Fate {

        /** The response is whole. */
        void whole(byte[] content);

        /** It has become larger than what is kept. */
        void tooLarge();

        /** It is over, in whichever way. */
        void ended();
    }

    private static final int SMALLEST = 1_024;

    private final Room room;
    private final Fate fate;
    private byte[] bytes = {};
    private int length;
    private boolean over;

    Recording(Room room, Fate fate) {
        this.room = room;
        this.fate = fate;
    }

    /** Takes note of a piece; the buffer's position moves to its limit. */
    public void add(ByteBuffer piece) {
        int wanted = length + piece.remaining();
        if (wanted < 0 || wanted > room.mostOfOne()) {
            becomeTooLarge();
        } else if (wanted > bytes.length && !grow(wanted)) {
            giveUp();
        }
        if (over) {
            return;
        }
        piece.get(bytes, length, piece.remaining());
        length = wanted;
    }

    private void becomeTooLarge() {
        if (!over) {
            fate.tooLarge();
        }
        giveUp();
    }

    private boolean grow(int wanted) {
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
            fate.whole(Arrays.copyOf(bytes, length));
        }
        giveUp();
    }

    /** The response will not be whole, or nobody wants it to be kept. */
    public void giveUp() {
        if (!over) {
            over = true;
            room.giveBack(bytes.length);
            bytes = new byte[0];
            fate.ended();
        }
    }
}
