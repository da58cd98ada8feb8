package io.symphony.proxy;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields a listener adds on the way to a replica, and what becomes of those that a client sent.
 *
 * <pre>{@code
 * HeaderPolicy.defaults().withForwarded().withRequestIds(RequestIds.KEPT_OR_MADE)
 * }</pre>
 *
 * @param via the name in {@code Via}, or empty for no such field
 * @param xForwarded whether X-Forwarded-For, -Proto and -Host are added
 * @param forwarded whether Forwarded of RFC 7239 is added
 * @param claims what becomes of a client's own X-Forwarded-... and Forwarded
 * @param requestIds what becomes of X-Request-Id
 * @param upgrades the protocols, in lower case, that a client may upgrade to
 */
public record HeaderPolicy(
        String via, boolean xForwarded, boolean forwarded, Claims claims, RequestIds requestIds, Set<String> upgrades) {

    /** What becomes of what a client claims about where a request came from. */
    public enum Claims {
        /** It is dropped: anyone can write it. */
        DROPPED,
        /** It is kept and added to: only a proxy of ours can reach this listener. */
        TRUSTED
    }

    /** What becomes of X-Request-Id. */
    public enum RequestIds {
        /** As the client sent it, or none. */
        PASSED,
        /** As the client sent it, or a new one. */
        KEPT_OR_MADE,
        /** Always a new one. */
        MADE
    }

    public HeaderPolicy {
        if (via.length() > 64 || !via.chars().allMatch(c -> c < 128 && Octets.isToken((byte) c))) {
            throw new IllegalArgumentException("via: '" + via + "' (expected: a token of at most 64, or empty)");
        }
        if (upgrades.stream().anyMatch(name -> name.isEmpty() || !name.equals(name.toLowerCase(Locale.ROOT)))) {
            throw new IllegalArgumentException("upgrades: " + new TreeSet<>(upgrades) + " (expected: lower case)");
        }
        upgrades = Set.copyOf(upgrades);
    }

    public static HeaderPolicy defaults() {
        return new HeaderPolicy("symphony", true, false, Claims.DROPPED, RequestIds.PASSED, Set.of("websocket"));
    }

    public HeaderPolicy withVia(String name) {
        return new HeaderPolicy(name, xForwarded, forwarded, claims, requestIds, upgrades);
    }

    public HeaderPolicy withoutVia() {
        return withVia("");
    }

    public HeaderPolicy withoutXForwarded() {
        return new HeaderPolicy(via, false, forwarded, claims, requestIds, upgrades);
    }

    public HeaderPolicy withForwarded() {
        return new HeaderPolicy(via, xForwarded, true, claims, requestIds, upgrades);
    }

    public HeaderPolicy withClaims(Claims becomes) {
        return new HeaderPolicy(via, xForwarded, forwarded, becomes, requestIds, upgrades);
    }

    public HeaderPolicy withRequestIds(RequestIds becomes) {
        return new HeaderPolicy(via, xForwarded, forwarded, claims, becomes, upgrades);
    }

    /** Lets clients upgrade to these protocols only. The h2c of HTTP/2 should never be one: it passes every rule by. */
    public HeaderPolicy withUpgrades(String... protocols) {
        return new HeaderPolicy(via, xForwarded, forwarded, claims, requestIds, Set.of(protocols));
    }
}
