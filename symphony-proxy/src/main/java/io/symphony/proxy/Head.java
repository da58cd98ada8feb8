package io.symphony.proxy;

import org.jspecify.annotations.Nullable;

/**
 * A message head, parsed in place: what it means for framing and forwarding, and where each field line stands. One is
 * used again and again, so that parsing allocates nothing.
 *
 * <p>Whatever two parsers could read in two ways is refused, never repaired.
 */
abstract class Head {

    /** There is not yet a whole head. */
    static final int INCOMPLETE = 0;
    /** The head is refused; {@link #refusal()} says why. */
    static final int REFUSED = -1;

    static final long NO_LENGTH = -1;

    private static final byte[] CONNECTION = Octets.ascii("connection");
    private static final byte[] KEEP_ALIVE = Octets.ascii("keep-alive");
    private static final byte[] TE = Octets.ascii("te");
    private static final byte[] UPGRADE = Octets.ascii("upgrade");
    private static final byte[] CONTENT_LENGTH = Octets.ascii("content-length");
    private static final byte[] TRANSFER_ENCODING = Octets.ascii("transfer-encoding");
    private static final byte[] HTTP2_SETTINGS = Octets.ascii("http2-settings");
    private static final byte[] PROXY = Octets.ascii("proxy-");
    private static final byte[] CHUNKED = Octets.ascii("chunked");
    /** A length of more digits could not be counted in a long. */
    private static final int LENGTH_DIGITS = 18;

    private final FieldLines fields;
    private final ConnectionOptions connection = new ConnectionOptions();
    private byte[] bytes = {};
    private int start;
    private int linesStart;
    private int end;
    private int minor;
    private long contentLength;
    private boolean chunked;
    private int upgradeField;
    private @Nullable Refusal refusal;

    Head(int mostFields) {
        fields = new FieldLines(mostFields);
    }

    /** Reads the head that begins at {@code from}: its length, {@link #INCOMPLETE} or {@link #REFUSED}. */
    final int parse(byte[] source, int from, int to) {
        reset(source, from);
        int at = startLine(from, to);
        if (at > 0) {
            linesStart = at;
            at = fieldLines(at, to);
        }
        if (at <= 0) {
            return at;
        }
        end = at;
        return sound() ? at - from : REFUSED;
    }

    /** Reads the first line: where the next one begins, {@link #INCOMPLETE} or {@link #REFUSED}. */
    abstract int startLine(int from, int to);

    /** Takes note of a field that means something to this kind of head only; false when it is refused. */
    abstract boolean noteOwn(int field);

    /** Whether the parts agree with each other, now that all are there. */
    abstract boolean agrees();

    void reset(byte[] source, int from) {
        bytes = source;
        start = from;
        fields.clear();
        connection.clear();
        minor = 1;
        contentLength = NO_LENGTH;
        chunked = false;
        upgradeField = -1;
        refusal = null;
    }

    final byte[] bytes() {
        return bytes;
    }

    final int start() {
        return start;
    }

    /** Where the first field line begins. */
    final int linesStart() {
        return linesStart;
    }

    /** Where the body begins. */
    final int end() {
        return end;
    }

    final FieldLines fields() {
        return fields;
    }

    final ConnectionOptions connection() {
        return connection;
    }

    /** 1 for HTTP/1.1, 0 for HTTP/1.0. */
    final int minor() {
        return minor;
    }

    final long contentLength() {
        return contentLength;
    }

    final boolean chunked() {
        return chunked;
    }

    /** The Upgrade field, or -1. */
    final int upgradeField() {
        return upgradeField;
    }

    /** Whether the sender means to use the connection again. */
    final boolean persists() {
        return minor == 1 ? !connection.close() : connection.keepAlive() && !connection.close();
    }

    final Refusal refusal() {
        if (refusal == null) {
            throw new IllegalStateException("The head was not refused");
        }
        return refusal;
    }

    private int fieldLines(int from, int to) {
        int at = from;
        while (at > 0) {
            if (at < to && (bytes[at] == '\r' || bytes[at] == '\n')) {
                return lineEnd(at, to);
            }
            at = fieldLine(at, to);
        }
        return at;
    }

    private int fieldLine(int from, int to) {
        int colon = Octets.tokenEnd(bytes, from, to);
        if (colon == to) {
            return INCOMPLETE;
        }
        if (bytes[colon] != ':' || colon == from) {
            return refuse(badName(from, colon));
        }
        int value = Octets.blanksEnd(bytes, colon + 1, to);
        int stop = Octets.valueEnd(bytes, value, to);
        int next = lineEnd(stop, to);
        if (next <= 0) {
            return next;
        }
        if (!fields.add(from, colon, value, Octets.trimmed(bytes, value, stop), next)) {
            return refuse(Refusal.MANY_FIELDS);
        }
        return note(fields.count() - 1) ? next : REFUSED;
    }

    /** Where the next line begins when a line ends here. */
    final int lineEnd(int at, int to) {
        if (at < to && bytes[at] != '\r') {
            return refuse(bytes[at] == '\n' ? Refusal.BARE_LF : Refusal.BAD_VALUE);
        }
        if (to - at < 2) {
            return INCOMPLETE;
        }
        return bytes[at + 1] == '\n' ? at + 2 : refuse(Refusal.BARE_CR);
    }

    private Refusal badName(int from, int stop) {
        if (Octets.isBlank(bytes[stop])) {
            return stop == from ? Refusal.FOLDED : Refusal.BLANK_BEFORE_COLON;
        }
        return bytes[stop] == '\n' ? Refusal.BARE_LF : Refusal.BAD_NAME;
    }

    private boolean note(int field) {
        return switch (fields.nameLength(field)) {
            case 2 -> is(field, TE) ? stopHere(field) : noteOwn(field);
            case 7 -> is(field, UPGRADE) ? noteUpgrade(field) : noteOwn(field);
            case 10 -> is(field, CONNECTION) ? noteConnection(field) : noteUnless(field, KEEP_ALIVE);
            case 14 -> is(field, CONTENT_LENGTH) ? noteLength(field) : noteUnless(field, HTTP2_SETTINGS);
            case 17 -> is(field, TRANSFER_ENCODING) ? noteCoding(field) : noteOwn(field);
            // Proxy-Connection, -Authenticate, -Authorization and -Authentication-Info
            case 16, 18, 19, 25 -> startsWith(field, PROXY) ? stopHere(field) : noteOwn(field);
            default -> noteOwn(field);
        };
    }

    private boolean noteUnless(int field, byte[] stopping) {
        return is(field, stopping) ? stopHere(field) : noteOwn(field);
    }

    private boolean startsWith(int field, byte[] prefix) {
        return Octets.startsWith(bytes, fields.nameStart(field), prefix);
    }

    private boolean stopHere(int field) {
        fields.mark(field, FieldLines.HOP);
        return true;
    }

    private boolean noteUpgrade(int field) {
        upgradeField = upgradeField < 0 ? field : upgradeField;
        return stopHere(field);
    }

    private boolean noteConnection(int field) {
        stopHere(field);
        return connection.read(bytes, fields.valueStart(field), fields.valueEnd(field)) || no(Refusal.BAD_CONNECTION);
    }

    private boolean noteLength(int field) {
        if (contentLength != NO_LENGTH) {
            return no(Refusal.MANY_LENGTHS);
        }
        contentLength = number(field, LENGTH_DIGITS);
        fields.mark(field, FieldLines.LENGTH);
        return contentLength != NO_LENGTH || no(Refusal.BAD_LENGTH);
    }

    private boolean noteCoding(int field) {
        if (chunked) {
            return no(Refusal.MANY_CODINGS);
        }
        chunked = true;
        fields.mark(field, FieldLines.CODING);
        return valueIs(field, CHUNKED)
                || no(TransferCodings.whyNot(bytes, fields.valueStart(field), fields.valueEnd(field)));
    }

    private boolean sound() {
        if (chunked && contentLength != NO_LENGTH) {
            return no(Refusal.LENGTH_AND_CODING);
        }
        if (chunked && minor == 0) {
            return no(Refusal.OLD_CODING);
        }
        if (connection.namesFields()) {
            ConnectionOptions.markNamed(bytes, fields, CONNECTION);
        }
        return agrees();
    }

    /** Reads {@code HTTP/1.x} at this place, eight bytes that must be there; false when it is refused. */
    final boolean version(int at) {
        boolean spelled = bytes[at] == 'H' && bytes[at + 1] == 'T' && bytes[at + 2] == 'T' && bytes[at + 3] == 'P';
        spelled &= bytes[at + 4] == '/' && bytes[at + 6] == '.';
        if (!spelled || !Octets.isDigit(bytes[at + 5]) || !Octets.isDigit(bytes[at + 7])) {
            return no(Refusal.BAD_LINE);
        }
        // A higher minor version is read as the highest that is known (RFC 9110, 2.5).
        minor = Math.min(bytes[at + 7] - '0', 1);
        return bytes[at + 5] == '1' || no(Refusal.BAD_VERSION);
    }

    /** The value as a number of at most this many digits, or -1. */
    final long number(int field, int mostDigits) {
        return Octets.number(bytes, fields.valueStart(field), fields.valueEnd(field), mostDigits);
    }

    final boolean is(int field, byte[] name) {
        return Octets.equal(bytes, fields.nameStart(field), fields.nameEnd(field), name);
    }

    final boolean valueIs(int field, byte[] value) {
        return Octets.equal(bytes, fields.valueStart(field), fields.valueEnd(field), value);
    }

    final int refuse(Refusal why) {
        refusal = why;
        return REFUSED;
    }

    final boolean no(Refusal why) {
        refusal = why;
        return false;
    }
}
