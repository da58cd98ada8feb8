package io.symphony.proxy;

import java.util.Locale;

/** Which requests belong together: those that have the same value in one header field. */
final class Affinity {

    private final byte[] name;

    Affinity(String header) {
        if (header.isEmpty()
                || header.length() > 64
                || !header.chars().allMatch(c -> c < 128 && Octets.isToken((byte) c))) {
            throw new IllegalArgumentException("affinity: '" + header + "' (expected: a field name of at most 64)");
        }
        name = Octets.ascii(header.toLowerCase(Locale.ROOT));
    }

    /** The first such field that says something, or -1: the request belongs to none. */
    int fieldOf(RequestHead head) {
        FieldLines fields = head.fields();
        for (int field = 0; field < fields.count(); field++) {
            if (fields.nameLength(field) == name.length
                    && head.is(field, name)
                    && fields.valueStart(field) < fields.valueEnd(field)) {
                return field;
            }
        }
        return -1;
    }

    /** What the requests with this field's value have in common. */
    static long keyOf(RequestHead head, int field) {
        return hash(head.bytes(), head.fields().valueStart(field), head.fields().valueEnd(field));
    }

    /** FNV-1a, stirred at the end (as splitmix64 does) so that every bit depends on every byte. */
    static long hash(byte[] bytes, int from, int to) {
        long hash = 0xcbf2_9ce4_8422_2325L;
        for (int at = from; at < to; at++) {
            hash = (hash ^ (bytes[at] & 0xff)) * 0x0000_0100_0000_01b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return hash ^ (hash >>> 31);
    }
}
