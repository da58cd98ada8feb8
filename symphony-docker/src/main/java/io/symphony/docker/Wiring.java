package io.symphony.docker;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a container finds others, and they it.
 *
 * @param network the network it joins; Docker's default bridge where there is none
 * @param aliases more names that it has in that network; all replicas share them
 * @param links other containers that it sees under a name of its own, as {@code NAME:ALIAS}
 */
public record Wiring(Optional<String> network, List<String> aliases, List<String> links) {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final Pattern LINK = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*:[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final List<String> SHARED = List.of("host", "none");

    public Wiring {
        aliases = List.copyOf(aliases);
        links = List.copyOf(links);
        network.ifPresent(Wiring::requireNetwork);
        aliases.forEach(alias -> require(NAME, "alias", alias, "a name such as acts"));
        links.forEach(link -> require(LINK, "link", link, "NAME[:ALIAS] of a container"));
        if (!aliases.isEmpty() && network.isEmpty()) {
            throw new IllegalArgumentException(
                    "alias: " + aliases + " (expected: a network, too; Docker's default bridge has no aliases)");
        }
    }

    static Wiring standard() {
        return new Wiring(Optional.empty(), List.of(), List.of());
    }

    private static void requireNetwork(String network) {
        require(NAME, "network", network, "a network's name");
        if (SHARED.contains(network)) {
            throw new IllegalArgumentException("network: '" + network
                    + "' (expected: a network in which every replica has an address of its own)");
        }
    }

    private static void require(Pattern rule, String key, String value, String expected) {
        if (!rule.matcher(value).matches()) {
            throw new IllegalArgumentException(key + ": '" + value + "' (expected: " + expected + ")");
        }
    }
}
