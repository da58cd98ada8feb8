package io.symphony.proxy;

import java.nio.ByteBuffer;

/** The head that is sent on, as it is being put together. One is used again and again. */
final class HeadWriter {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final int DIGITS = 19;

    private final byte[] bytes;
    private final byte[] digits = new byte[DIGITS];
    private int length;

    HeadWriter(int capacity) {
        bytes = new byte[capacity];
    }

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.length;
    }

    int length() {
        return length;
    }

    HeadWriter put(byte[] piece) {
        return put(piece, 0, piece.length);
    }

    HeadWriter put(byte[] source, int from, int to) {
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        return this;
    }

    /** Characters that Latin-1 has. */
    HeadWriter put(String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** A whole line. */
    HeadWriter put(String name, String value) {
        return put(name).put(':').put(' ').put(value).line();
    }

    HeadWriter put(char character) {
        bytes[length++] = (byte) character;
        return this;
    }

    HeadWriter line() {
        return put(CRLF);
    }

    /** Takes the empty line at the end back, for more to come. */
    HeadWriter reopen() {
        length -= CRLF.length;
        return this;
    }

    HeadWriter number(long number) {
        int at = DIGITS;
        long rest = number;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        return put(digits, at, DIGITS);
    }

    /** The number as sixteen hexadecimal digits. */
    HeadWriter hex(long number) {
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            put(Character.forDigit((int) (number >>> shift) & 0xf, 16));
        }
        return this;
    }

    /** Puts the head right before a body, so that both go out in one write without a copy of the body; where it starts. */
    int putBefore(int bodyStart, ByteBuffer buffer) {
        int start = bodyStart - length;
        buffer.put(start, bytes, 0, length);
        return start;
    }
}
