package io.symphony.proxy;

/** Where each field line of a head stands, and what is to become of it. Nothing is copied. */
final class FieldLines {

    /** An ordinary field, which is forwarded as it is. */
    static final byte ORDINARY = 0;
    /** A field that stops here: hop-by-hop, or named by Connection. */
    static final byte HOP = 1;

    static final byte LENGTH = 2;
    static final byte CODING = 3;
    static final byte HOST = 4;
    /** {@code Forwarded} of RFC 7239. */
    static final byte FORWARDED = 5;
    /** {@code X-Forwarded-For}. */
    static final byte FORWARDED_FOR = 6;
    /** Any other {@code X-Forwarded-...}. */
    static final byte FORWARDED_OTHER = 7;

    static final byte REQUEST_ID = 8;
    static final byte EXPECT = 9;
    static final byte HOPS = 10;

    static final int KINDS = 11;

    private static final int PARTS = 5;

    private final int[] parts;
    private final byte[] kinds;
    private int count;

    FieldLines(int most) {
        parts = new int[most * PARTS];
        kinds = new byte[most];
    }

    void clear() {
        count = 0;
    }

    /** Takes a line in; false when there are as many as may be. */
    boolean add(int nameStart, int nameEnd, int valueStart, int valueEnd, int lineEnd) {
        if (count == kinds.length) {
            return false;
        }
        int at = count * PARTS;
        parts[at] = nameStart;
        parts[at + 1] = nameEnd;
        parts[at + 2] = valueStart;
        parts[at + 3] = valueEnd;
        parts[at + 4] = lineEnd;
        kinds[count++] = ORDINARY;
        return true;
    }

    void mark(int field, byte kind) {
        kinds[field] = kind;
    }

    int count() {
        return count;
    }

    byte kind(int field) {
        return kinds[field];
    }

    int nameStart(int field) {
        return parts[field * PARTS];
    }

    int nameEnd(int field) {
        return parts[field * PARTS + 1];
    }

    int nameLength(int field) {
        return nameEnd(field) - nameStart(field);
    }

    int valueStart(int field) {
        return parts[field * PARTS + 2];
    }

    int valueEnd(int field) {
        return parts[field * PARTS + 3];
    }

    /** Where the next line begins. */
    int lineEnd(int field) {
        return parts[field * PARTS + 4];
    }
}
