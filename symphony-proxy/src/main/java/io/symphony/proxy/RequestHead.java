package io.symphony.proxy;

/** The head of a request. */
final class RequestHead extends Head {

    private static final byte[] HTTP_SCHEME = Octets.ascii("http://");
    private static final byte[] HOST = Octets.ascii("host");
    private static final byte[] EXPECT = Octets.ascii("expect");
    private static final byte[] CONTINUE = Octets.ascii("100-continue");
    private static final byte[] FORWARDED = Octets.ascii("forwarded");
    private static final byte[] X = Octets.ascii("x");
    private static final byte[] FORWARDED_PART = Octets.ascii("forwarded");
    private static final byte[] FORWARDED_FOR = Octets.ascii("x-forwarded-for");
    private static final byte[] REQUEST_ID = Octets.ascii("x-request-id");
    private static final byte[] MAX_FORWARDS = Octets.ascii("max-forwards");
    private static final byte[] IDEMPOTENCY_KEY = Octets.ascii("idempotency-key");
    private static final int LONGEST_METHOD = 32;
    private static final int HOPS_DIGITS = 9;

    private final int mostTarget;
    private final RequestMethod method = new RequestMethod();
    private int methodStart;
    private int methodEnd;
    private int targetStart;
    private int targetEnd;
    private int authorityStart;
    private int authorityEnd;
    private int hostField;
    private int hops;
    private int hopsField;
    private int requestIdField;
    private int keyField;
    private boolean continues;

    RequestHead(int mostFields, int mostTarget) {
        super(mostFields);
        this.mostTarget = mostTarget;
    }

    @Override
    void reset(byte[] source, int from) {
        super.reset(source, from);
        method.clear();
        authorityStart = -1;
        authorityEnd = -1;
        hostField = -1;
        hops = -1;
        hopsField = -1;
        requestIdField = -1;
        keyField = -1;
        continues = false;
    }

    RequestMethod method() {
        return method;
    }

    int methodStart() {
        return methodStart;
    }

    int methodEnd() {
        return methodEnd;
    }

    /** Whether the target named its host, so that a Host field does not count. */
    boolean hasAbsoluteTarget() {
        return methodEnd + 1 != targetStart;
    }

    /** Where the origin-form of the target begins; there is none when it equals {@link #targetEnd()}. */
    int targetStart() {
        return targetStart;
    }

    int targetEnd() {
        return targetEnd;
    }

    /** Where the host that this request is for begins, or -1 when an HTTP/1.0 client named none. */
    int authorityStart() {
        return authorityStart;
    }

    int authorityEnd() {
        return authorityEnd;
    }

    /** The Host field, or -1. In a request with an absolute target it does not count. */
    int hostField() {
        return hostField;
    }

    /** What Max-Forwards allows, or -1 when it does not limit this request. */
    int hops() {
        return method.countsHops() ? hops : -1;
    }

    int hopsField() {
        return hopsField;
    }

    /** The first X-Request-Id field, or -1. */
    int requestIdField() {
        return requestIdField;
    }

    /** Whether the client waits for a 100 before it sends the body. */
    boolean continues() {
        return continues && minor() == 1;
    }

    /** Whether sending the request twice does no more than sending it once. */
    boolean idempotent() {
        return method.isIdempotent() || keyField >= 0;
    }

    @Override
    int startLine(int start, int to) {
        int from = emptyLineEnd(start, to);
        int at = Octets.tokenEnd(bytes(), from, to);
        if (at - from > LONGEST_METHOD) {
            return refuse(Refusal.LONG_METHOD);
        }
        if (at == to || to - from == 1 && bytes()[from] == '\r') {
            return INCOMPLETE;
        }
        if (bytes()[at] != ' ' || at == from) {
            return refuse(Refusal.BAD_METHOD);
        }
        methodStart = from;
        methodEnd = at;
        method.read(bytes(), from, at);
        return target(at + 1, to);
    }

    /** One empty line before a request is let pass (RFC 9112, 2.2). */
    private int emptyLineEnd(int from, int to) {
        return to - from >= 2 && bytes()[from] == '\r' && bytes()[from + 1] == '\n' ? from + 2 : from;
    }

    private int target(int from, int to) {
        int at = from;
        while (at < to && Octets.isTarget(bytes()[at])) {
            at++;
        }
        if (at - from > mostTarget) {
            return refuse(Refusal.LONG_TARGET);
        }
        if (at == to) {
            return INCOMPLETE;
        }
        if (bytes()[at] != ' ' || at == from) {
            return refuse(Refusal.BAD_TARGET);
        }
        targetStart = from;
        targetEnd = at;
        if (!targetForm()) {
            return REFUSED;
        }
        if (to - at < 9) {
            return INCOMPLETE;
        }
        if (!version(at + 1)) {
            return REFUSED;
        }
        return endOfStartLine(at + 9, to);
    }

    private int endOfStartLine(int at, int to) {
        if (at < to && bytes()[at] != '\r' && bytes()[at] != '\n') {
            return refuse(Refusal.BAD_LINE);
        }
        return lineEnd(at, to);
    }

    private boolean targetForm() {
        if (method.isConnect()) {
            return no(Refusal.CONNECT);
        }
        byte first = bytes()[targetStart];
        if (first == '/') {
            return true;
        }
        if (first == '*') {
            return targetEnd - targetStart == 1 && method.isOptions() || no(Refusal.BAD_TARGET);
        }
        return absoluteForm() || no(Refusal.BAD_TARGET);
    }

    /** Takes an absolute target apart; its authority then counts instead of Host (RFC 9112, 3.2.2). */
    private boolean absoluteForm() {
        int from = targetStart + HTTP_SCHEME.length;
        if (targetEnd <= from || !Octets.startsWith(bytes(), targetStart, HTTP_SCHEME)) {
            return false;
        }
        int at = from;
        while (at < targetEnd && bytes()[at] != '/' && bytes()[at] != '?') {
            at++;
        }
        authorityStart = from;
        authorityEnd = at;
        targetStart = at;
        return HostRule.holds(bytes(), from, at);
    }

    @Override
    boolean noteOwn(int field) {
        return switch (fields().nameLength(field)) {
            case 4 -> !is(field, HOST) || noteHost(field);
            case 6 -> !is(field, EXPECT) || noteExpect(field);
            case 9 -> !is(field, FORWARDED) || mark(field, FieldLines.FORWARDED);
            case 12 -> is(field, REQUEST_ID) ? noteRequestId(field) : !is(field, MAX_FORWARDS) || noteHops(field);
            case 15 -> {
                keyField = is(field, IDEMPOTENCY_KEY) ? field : keyField;
                yield is(field, FORWARDED_FOR) ? mark(field, FieldLines.FORWARDED_FOR) : noteForwarded(field);
            }
            default -> noteForwarded(field);
        };
    }

    private boolean noteRequestId(int field) {
        requestIdField = requestIdField < 0 ? field : requestIdField;
        return mark(field, FieldLines.REQUEST_ID);
    }

    /** An underscore counts as a dash here: a server that makes variables of names sees no difference. */
    private boolean noteForwarded(int field) {
        int at = fields().nameStart(field);
        boolean prefixed = fields().nameLength(field) > 12
                && Octets.startsWith(bytes(), at, X)
                && isDash(bytes()[at + 1])
                && Octets.startsWith(bytes(), at + 2, FORWARDED_PART)
                && isDash(bytes()[at + 11]);
        return !prefixed || mark(field, FieldLines.FORWARDED_OTHER);
    }

    private static boolean isDash(byte octet) {
        return octet == '-' || octet == '_';
    }

    private boolean mark(int field, byte kind) {
        fields().mark(field, kind);
        return true;
    }

    private boolean noteHost(int field) {
        if (hostField >= 0) {
            return no(Refusal.MANY_HOSTS);
        }
        hostField = field;
        fields().mark(field, FieldLines.HOST);
        return HostRule.holds(bytes(), fields().valueStart(field), fields().valueEnd(field)) || no(Refusal.BAD_HOST);
    }

    private boolean noteExpect(int field) {
        continues = true;
        fields().mark(field, FieldLines.EXPECT);
        return valueIs(field, CONTINUE) || no(Refusal.BAD_EXPECTATION);
    }

    private boolean noteHops(int field) {
        if (hopsField >= 0) {
            return no(Refusal.BAD_HOPS);
        }
        hopsField = field;
        hops = (int) number(field, HOPS_DIGITS);
        fields().mark(field, FieldLines.HOPS);
        return hops >= 0 || no(Refusal.BAD_HOPS);
    }

    @Override
    boolean agrees() {
        if (hostField < 0 && minor() == 1) {
            return no(Refusal.NO_HOST);
        }
        forgetWhatStopsHere();
        if (authorityStart < 0 && hostField >= 0) {
            authorityStart = fields().valueStart(hostField);
            authorityEnd = fields().valueEnd(hostField);
        }
        return true;
    }

    /** What Connection named means nothing to the replica, which will not see it. */
    private void forgetWhatStopsHere() {
        if (stopsHere(hopsField)) {
            hops = -1;
        }
        requestIdField = stopsHere(requestIdField) ? -1 : requestIdField;
        keyField = stopsHere(keyField) ? -1 : keyField;
    }

    private boolean stopsHere(int field) {
        return field >= 0 && fields().kind(field) == FieldLines.HOP;
    }
}
