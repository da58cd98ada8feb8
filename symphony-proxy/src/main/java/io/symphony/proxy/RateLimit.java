package io.symphony.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests a client may send; beyond that it gets a 429 that says when to come again. It needs Caffeine.
 *
 * <pre>{@code
 * Listener.forwarding(orchestrator).rateLimit(RateLimit.of(100, Duration.ofSeconds(1)).withBurst(200)).start();
 * }</pre>
 *
 * @param requests how many within that time, on average
 * @param per the time
 * @param burst how many at once from a client that has sent none for a while
 * @param header the header whose value tells clients apart; empty, or where a request has none: their address, of which
 *     the first 64 bits count in IPv6
 * @param mostClients how many are remembered; beyond that those are forgotten, and begin anew, that send least
 */
public record RateLimit(int requests, Duration per, int burst, Optional<String> header, int mostClients) {

    private static final Duration LONGEST = Duration.ofDays(1);

    public RateLimit {
        require("requests", requests);
        require("burst", burst);
        require("mostClients", mostClients);
        if (per.compareTo(Duration.ofMillis(1)) < 0 || per.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("per: " + per + " (expected: 1ms to 24h)");
        }
        if (requests > per.toNanos()) {
            throw new IllegalArgumentException("requests: " + requests + " (expected: at most one a nanosecond)");
        }
        header.ifPresent(name -> new FieldName("rate limit", name));
    }

    /** By the client's address, and as many at once. */
    public static RateLimit of(int requests, Duration per) {
        return new RateLimit(requests, per, requests, Optional.empty(), 100_000);
    }

    public RateLimit withBurst(int most) {
        return new RateLimit(requests, per, most, header, mostClients);
    }

    public RateLimit withHeader(String name) {
        return new RateLimit(requests, per, burst, Optional.of(name), mostClients);
    }

    public RateLimit withMostClients(int most) {
        return new RateLimit(requests, per, burst, header, most);
    }

    /** The time in which one more request becomes allowed. */
    long spacingNanos() {
        return per.toNanos() / requests;
    }

    private static void require(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
