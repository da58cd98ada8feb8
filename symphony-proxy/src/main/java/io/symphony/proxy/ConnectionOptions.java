package io.symphony.proxy;

/** What the Connection fields of one head say: whether to go on, to upgrade, and which other fields stop here. */
final class ConnectionOptions {

    private static final byte[] CLOSE = Octets.ascii("close");
    private static final byte[] KEEP_ALIVE = Octets.ascii("keep-alive");
    private static final byte[] UPGRADE = Octets.ascii("upgrade");
    private static final byte[] TE = Octets.ascii("te");
    private static final byte[] HTTP2_SETTINGS = Octets.ascii("http2-settings");
    /** Fields that everyone on the way must see; to name one of them is an attack on whoever stands behind. */
    private static final byte[][] NEVER_NAMED = {
        Octets.ascii("host"), Octets.ascii("content-length"), Octets.ascii("transfer-encoding")
    };

    private boolean close;
    private boolean keepAlive;
    private boolean upgrade;
    private boolean namesFields;
    private boolean namesTrailers;

    void clear() {
        close = false;
        keepAlive = false;
        upgrade = false;
        namesFields = false;
        namesTrailers = false;
    }

    boolean close() {
        return close;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean upgrade() {
        return upgrade;
    }

    boolean namesFields() {
        return namesFields;
    }

    /** Whether a field is named that could stand in a trailer, too. */
    boolean namesTrailers() {
        return namesTrailers;
    }

    /** Reads one field value; false when it is malformed. Empty elements of the list are allowed (RFC 9110, 5.6.1). */
    boolean read(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int optionEnd = Octets.tokenEnd(bytes, at, to);
            int comma = Octets.blanksEnd(bytes, optionEnd, to);
            if (comma < to && bytes[comma] != ',' || !note(bytes, at, optionEnd)) {
                return false;
            }
            at = Octets.blanksEnd(bytes, comma + 1, to);
        }
        return true;
    }

    private boolean note(byte[] bytes, int from, int to) {
        if (Octets.equal(bytes, from, to, CLOSE)) {
            close = true;
        } else if (Octets.equal(bytes, from, to, KEEP_ALIVE)) {
            keepAlive = true;
        } else if (Octets.equal(bytes, from, to, UPGRADE)) {
            upgrade = true;
        } else if (to > from) {
            namesFields = true;
            namesTrailers |= !Octets.equal(bytes, from, to, TE) && !Octets.equal(bytes, from, to, HTTP2_SETTINGS);
            return mayBeNamed(bytes, from, to);
        }
        return true;
    }

    private static boolean mayBeNamed(byte[] bytes, int from, int to) {
        for (byte[] name : NEVER_NAMED) {
            if (Octets.equal(bytes, from, to, name)) {
                return false;
            }
        }
        return true;
    }

    /** Marks the fields that Connection fields name, whatever else they mean. Lines and options are bounded, so this is too. */
    static void markNamed(byte[] bytes, FieldLines fields, byte[] connection) {
        for (int field = 0; field < fields.count(); field++) {
            if (Octets.equal(bytes, fields.nameStart(field), fields.nameEnd(field), connection)) {
                markNamedBy(bytes, fields, fields.valueStart(field), fields.valueEnd(field));
            }
        }
    }

    private static void markNamedBy(byte[] bytes, FieldLines fields, int from, int to) {
        int at = from;
        while (at < to) {
            int optionEnd = Octets.tokenEnd(bytes, at, to);
            for (int field = 0; field < fields.count(); field++) {
                if (Octets.equal(bytes, fields.nameStart(field), fields.nameEnd(field), at, optionEnd)) {
                    fields.mark(field, FieldLines.HOP);
                }
            }
            at = Octets.blanksEnd(bytes, Octets.blanksEnd(bytes, optionEnd, to) + 1, to);
        }
    }
}
