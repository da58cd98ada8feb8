package io.symphony.fleet;

/**
 * Where a replica answers. A fact that may change over a replica's life, so never its identity.
 *
 * <pre>{@code
 * Endpoint.parse("127.0.0.1:8081").port(); // 8081
 * Endpoint.parse("[::1]:8081").host();     // ::1
 * }</pre>
 */
public record Endpoint(String host, int port) {

    public Endpoint {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host: '" + host + "' (expected: a name or an address)");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /** An endpoint on this machine's loopback address. */
    public static Endpoint local(int port) {
        return new Endpoint("127.0.0.1", port);
    }

    /** Reads {@code host:port}; an IPv6 address stands in brackets. */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("endpoint: '" + text + "' (expected: HOST:PORT)");
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            return new Endpoint(
                    bracketed ? host.substring(1, host.length() - 1) : host,
                    Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("endpoint: '" + text + "' (expected: HOST:PORT)", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
