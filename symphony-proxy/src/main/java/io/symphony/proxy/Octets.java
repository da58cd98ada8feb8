package io.symphony.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The character classes of RFC 9110 and 9112, and comparisons that ignore the case of ASCII letters. */
final class Octets {

    private static final boolean[] TOKEN =
            of("!#$%&'*+-.^_`|~0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    /** What may stand in a host: unreserved, percent, sub-delims, and the colon and brackets of a literal address. */
    private static final boolean[] HOST =
            of("-._~%!$&'()*+,;=:[]0123456789" + "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static final boolean[] VALUE = fieldValue();
    /** Visible ASCII, which is all that a request target may be made of, save the fragment. */
    private static final boolean[] TARGET = target();

    private Octets() {}

    static boolean isToken(byte octet) {
        return TOKEN[octet & 0xff];
    }

    /** Whether it may stand in a field value: visible, space, tab or obs-text; never another control character. */
    static boolean isValue(byte octet) {
        return VALUE[octet & 0xff];
    }

    static boolean isHost(byte octet) {
        return HOST[octet & 0xff];
    }

    static boolean isTarget(byte octet) {
        return TARGET[octet & 0xff];
    }

    static boolean isToken(String text) {
        return !text.isEmpty() && allIn(TOKEN, text);
    }

    static boolean isValue(String text) {
        return allIn(VALUE, text);
    }

    static boolean isTarget(String text) {
        return !text.isEmpty() && allIn(TARGET, text);
    }

    private static boolean allIn(boolean[] table, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= table.length || !table[c]) {
                return false;
            }
        }
        return true;
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    static boolean isDigit(byte octet) {
        return octet >= '0' && octet <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    static int hex(byte octet) {
        if (isDigit(octet)) {
            return octet - '0';
        }
        int lower = octet | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** Whether this range spells the name, which is written in lower case. */
    static boolean equal(byte[] bytes, int from, int to, byte[] name) {
        return to - from == name.length && startsWith(bytes, from, name);
    }

    /** Whether the bytes from here on begin with the name, which is written in lower case; they must reach that far. */
    static boolean startsWith(byte[] bytes, int from, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (lower(bytes[from + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether two ranges spell the same name. */
    static boolean equal(byte[] bytes, int from, int to, int otherFrom, int otherTo) {
        if (to - from != otherTo - otherFrom) {
            return false;
        }
        for (int i = 0; i < to - from; i++) {
            if (lower(bytes[from + i]) != lower(bytes[otherFrom + i])) {
                return false;
            }
        }
        return true;
    }

    static int tokenEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isToken(bytes[at])) {
            at++;
        }
        return at;
    }

    static int blanksEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    static int valueEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && isValue(bytes[at])) {
            at++;
        }
        return at;
    }

    static boolean hasLineFeed(ByteBuffer buffer, int from, int to) {
        for (int at = from; at < to; at++) {
            if (buffer.get(at) == '\n') {
                return true;
            }
        }
        return false;
    }

    /** The end of this range without the blanks that it ends in. */
    static int trimmed(byte[] bytes, int from, int to) {
        int last = to;
        while (last > from && isBlank(bytes[last - 1])) {
            last--;
        }
        return last;
    }

    /** The number that this range spells with at most so many digits, or -1. */
    static long number(byte[] bytes, int from, int to, int mostDigits) {
        if (to == from || to - from > mostDigits) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(bytes[i])) {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
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

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean[] of(String characters) {
        boolean[] table = new boolean[256];
        characters.chars().forEach(c -> table[c] = true);
        return table;
    }

    private static boolean[] fieldValue() {
        boolean[] table = new boolean[256];
        for (int c = ' '; c < 256; c++) {
            table[c] = c != 127;
        }
        table['\t'] = true;
        return table;
    }

    private static boolean[] target() {
        boolean[] table = new boolean[256];
        for (int c = ' ' + 1; c < 127; c++) {
            table[c] = c != '#';
        }
        return table;
    }
}
