package io.symphony.proxy;

/** What the method of a request means to an intermediary. Any token is a method; few mean anything here. */
final class RequestMethod {

    private static final byte[] GET = Octets.ascii("GET");
    private static final byte[] HEAD = Octets.ascii("HEAD");
    private static final byte[] POST = Octets.ascii("POST");
    private static final byte[] PUT = Octets.ascii("PUT");
    private static final byte[] DELETE = Octets.ascii("DELETE");
    private static final byte[] OPTIONS = Octets.ascii("OPTIONS");
    private static final byte[] PATCH = Octets.ascii("PATCH");
    private static final byte[] TRACE = Octets.ascii("TRACE");
    private static final byte[] CONNECT = Octets.ascii("CONNECT");

    /** Those that are known by name; all others are one. */
    enum Meaning {
        GET,
        HEAD,
        POST,
        PUT,
        DELETE,
        OPTIONS,
        PATCH,
        TRACE,
        CONNECT,
        OTHER;

        /** What OpenTelemetry calls it. */
        String label() {
            return this == OTHER ? "_OTHER" : name();
        }
    }

    private Meaning meaning = Meaning.OTHER;

    void clear() {
        meaning = Meaning.OTHER;
    }

    /** Reads the method in this range. Methods are case-sensitive: "get" is not GET. */
    void read(byte[] bytes, int from, int to) {
        meaning = meaning(bytes, from, to);
    }

    Meaning meaning() {
        return meaning;
    }

    boolean isGet() {
        return meaning == Meaning.GET;
    }

    boolean isHead() {
        return meaning == Meaning.HEAD;
    }

    boolean isOptions() {
        return meaning == Meaning.OPTIONS;
    }

    boolean isConnect() {
        return meaning == Meaning.CONNECT;
    }

    /** Whether Max-Forwards limits it (RFC 9110, 7.6.2). */
    boolean countsHops() {
        return meaning == Meaning.OPTIONS || meaning == Meaning.TRACE;
    }

    /** RFC 9110, 9.2.2. */
    boolean isIdempotent() {
        return switch (meaning) {
            case GET, HEAD, PUT, DELETE, OPTIONS, TRACE -> true;
            case POST, PATCH, CONNECT, OTHER -> false;
        };
    }

    private static Meaning meaning(byte[] bytes, int from, int to) {
        return switch (to - from) {
            case 3 -> spells(bytes, from, GET) ? Meaning.GET : spells(bytes, from, PUT) ? Meaning.PUT : Meaning.OTHER;
            case 4 ->
                spells(bytes, from, POST) ? Meaning.POST : spells(bytes, from, HEAD) ? Meaning.HEAD : Meaning.OTHER;
            case 5 ->
                spells(bytes, from, PATCH) ? Meaning.PATCH : spells(bytes, from, TRACE) ? Meaning.TRACE : Meaning.OTHER;
            case 6 -> spells(bytes, from, DELETE) ? Meaning.DELETE : Meaning.OTHER;
            case 7 ->
                spells(bytes, from, OPTIONS)
                        ? Meaning.OPTIONS
                        : spells(bytes, from, CONNECT) ? Meaning.CONNECT : Meaning.OTHER;
            default -> Meaning.OTHER;
        };
    }

    private static boolean spells(byte[] bytes, int from, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (bytes[from + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
