package io.symphony.proxy;

/** What may stand in Host or as an authority: a name or a literal address, and perhaps a port. Nobody's password. */
final class HostRule {

    /** Longer than any name of the DNS with a port, and short enough to repeat in a field of our own. */
    private static final int LONGEST = 512;

    private static final int PORT_DIGITS = 5;

    private HostRule() {}

    static boolean holds(byte[] bytes, int from, int to) {
        if (to == from || to - from > LONGEST || bytes[from] == ':') {
            return false;
        }
        int at = bytes[from] == '[' ? literalEnd(bytes, from, to) : nameEnd(bytes, from, to);
        return at > from && (at == to || bytes[at] == ':' && isPort(bytes, at + 1, to));
    }

    private static int nameEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && Octets.isHost(bytes[at]) && bytes[at] != ':' && bytes[at] != '[' && bytes[at] != ']') {
            at++;
        }
        return at;
    }

    /** Behind the closing bracket, or -1. */
    private static int literalEnd(byte[] bytes, int from, int to) {
        for (int at = from + 1; at < to; at++) {
            if (bytes[at] == ']') {
                return at == from + 1 ? -1 : at + 1;
            }
            if (Octets.hex(bytes[at]) < 0 && bytes[at] != ':' && bytes[at] != '.') {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isPort(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (!Octets.isDigit(bytes[at])) {
                return false;
            }
        }
        return to - from <= PORT_DIGITS;
    }
}
