package io.symphony.proxy.nginx;

import java.util.Locale;

/**
 * Which replica nginx gives a request to.
 *
 * <pre>{@code
 * UpstreamRules.of("acts").withBalancing(NginxBalancing.hash("X-User"));
 * }</pre>
 */
public final class NginxBalancing {

    private final String directive;

    private NginxBalancing(String directive) {
        this.directive = directive;
    }

    /** nginx's own default. */
    public static NginxBalancing roundRobin() {
        return new NginxBalancing("");
    }

    public static NginxBalancing leastConnections() {
        return new NginxBalancing("least_conn;");
    }

    /** Of two at random, the one with fewer connections. */
    public static NginxBalancing twoChoices() {
        return new NginxBalancing("random two least_conn;");
    }

    /** The same value of a request's header leads to the same replica while that one serves. */
    public static NginxBalancing hash(String header) {
        if (!header.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("header: '" + header + "' (expected: letters, digits and -)");
        }
        return new NginxBalancing(
                "hash $http_" + header.toLowerCase(Locale.ROOT).replace('-', '_') + " consistent;");
    }

    /** Empty where nginx needs none. */
    String directive() {
        return directive;
    }
}
