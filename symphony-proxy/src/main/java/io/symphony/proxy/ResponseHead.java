package io.symphony.proxy;

/** The head of a response. */
final class ResponseHead extends Head {

    static final int SWITCHING_PROTOCOLS = 101;
    static final int NO_CONTENT = 204;
    static final int NOT_MODIFIED = 304;

    /** "HTTP/1.1 200 " */
    static final int BEFORE_REASON = 13;

    private static final byte[] DATE = Octets.ascii("date");

    private int status;
    private int dateField;

    ResponseHead(int mostFields) {
        super(mostFields);
    }

    @Override
    void reset(byte[] source, int from) {
        super.reset(source, from);
        dateField = -1;
    }

    int status() {
        return status;
    }

    /** Whether more heads follow for the same request. */
    boolean isInterim() {
        return status < 200;
    }

    /** Whether there is no body, whatever the fields say, unless the method already forbids one. */
    boolean isBodiless() {
        return status < 200 || status == NO_CONTENT || status == NOT_MODIFIED;
    }

    /** Whether it has a Date that goes on to the client. */
    boolean isDated() {
        return dateField >= 0 && fields().kind(dateField) != FieldLines.HOP;
    }

    /** Where the status and the reason begin. */
    int statusStart() {
        return start() + BEFORE_REASON - 4;
    }

    @Override
    int startLine(int from, int to) {
        byte[] bytes = bytes();
        if (to - from < BEFORE_REASON) {
            return couldBegin(from, to) ? INCOMPLETE : refuse(Refusal.BAD_LINE);
        }
        if (!version(from)) {
            return REFUSED;
        }
        if (bytes[from + 8] != ' ' || bytes[from + 12] != ' ') {
            return refuse(Refusal.BAD_LINE);
        }
        status = threeDigits(from + 9);
        if (status < 100) {
            return refuse(Refusal.BAD_STATUS);
        }
        return lineEnd(Octets.valueEnd(bytes, from + BEFORE_REASON, to), to);
    }

    private boolean couldBegin(int from, int to) {
        return to == from || bytes()[from] == 'H';
    }

    private int threeDigits(int at) {
        byte[] bytes = bytes();
        if (!Octets.isDigit(bytes[at]) || !Octets.isDigit(bytes[at + 1]) || !Octets.isDigit(bytes[at + 2])) {
            return -1;
        }
        return (bytes[at] - '0') * 100 + (bytes[at + 1] - '0') * 10 + bytes[at + 2] - '0';
    }

    @Override
    boolean noteOwn(int field) {
        if (fields().nameLength(field) == DATE.length && is(field, DATE)) {
            dateField = field;
        }
        return true;
    }

    @Override
    boolean agrees() {
        boolean codedWithoutBody = chunked() && (isInterim() || status == NO_CONTENT);
        return !codedWithoutBody || no(Refusal.BAD_CODING);
    }
}
