package io.symphony.examples;

import io.symphony.examples.config.Parser.Unexpected;
import io.symphony.proxy.nginx.NginxBalancing;
import io.symphony.routing.RoutingPolicy;
import java.util.Optional;

/**
 * Which replica takes a request.
 *
 * @param hashedHeader the header whose value decides, where the rule is by hash
 */
record Balance(String name, RoutingPolicy policy, Optional<String> hashedHeader) {
    static final String FORMS = "round-robin, least-connections, two-choices, first, first:ROOM or hash:HEADER";

    /** How many requests inside make {@code first} go on to the next replica, unless it says so itself. */
    private static final int ROOM = 100;

    private static final String HASH = "hash:";
    private static final String FIRST = "first:";

    static Balance parse(String text) throws Unexpected {
        if (text.startsWith(HASH)) {
            return hash(text);
        }
        if (text.startsWith(FIRST)) {
            return of(text, RoutingPolicy.first(room(text.substring(FIRST.length()))));
        }
        return of(text, named(text));
    }

    private static RoutingPolicy named(String text) throws Unexpected {
        switch (text) {
            case "round-robin":
                return RoutingPolicy.roundRobin();
            case "least-connections":
                return RoutingPolicy.leastConnections();
            case "two-choices":
                return RoutingPolicy.twoChoices();
            case "first":
                return RoutingPolicy.first(ROOM);
            default:
                throw new Unexpected(FORMS);
        }
    }

    private static Balance hash(String text) throws Unexpected {
        String header = text.substring(HASH.length());
        if (!header.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}")) {
            throw new Unexpected("hash: and a header's name, such as hash:X-User");
        }
        return new Balance(text, RoutingPolicy.hash(), Optional.of(header));
    }

    private static int room(String text) throws Unexpected {
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new Unexpected("first: and how many requests fill a replica, such as first:100");
        }
        return Integer.parseInt(text);
    }

    /** The same rule as nginx has it; empty where it has none. */
    Optional<NginxBalancing> inNginx() {
        if (hashedHeader.isPresent()) {
            return hashedHeader
                    .filter(header -> header.matches("[A-Za-z0-9-]+"))
                    .map(NginxBalancing::hash);
        }
        return switch (name) {
            case "round-robin" -> Optional.of(NginxBalancing.roundRobin());
            case "least-connections" -> Optional.of(NginxBalancing.leastConnections());
            case "two-choices" -> Optional.of(NginxBalancing.twoChoices());
            default -> Optional.empty();
        };
    }

    private static Balance of(String text, RoutingPolicy policy) {
        return new Balance(text, policy, Optional.empty());
    }
}
