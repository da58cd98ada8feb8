package io.symphony.proxy;

import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Optional;

/**
 * Sessions that stay at the replica that serves them, whoever joins; a session moves with the first request that its
 * replica cannot take, because it leaves, is out of the rotation, or is full.
 *
 * <pre>{@code
 * Listener.forwarding(orchestrator).affinity(SessionAffinity.cookie()).start();
 * Listener.forwarding(orchestrator).affinity(SessionAffinity.header("X-Session").withMostSessions(1_000_000)).start();
 * }</pre>
 *
 * @param header the header whose value is the session; empty: a cookie that the client gets with its first response
 * @param mostSessions how many are remembered by a header's value; beyond that those go that are used least
 * @param idle how long a session by a header's value is remembered after its last request
 */
public record SessionAffinity(Optional<String> header, int mostSessions, Duration idle) {

    public SessionAffinity {
        header.ifPresent(name -> new FieldName("affinity", name));
        if (mostSessions < 1) {
            throw new IllegalArgumentException("mostSessions: " + mostSessions + " (expected: >= 1)");
        }
        if (idle.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("idle: " + idle + " (expected: >= 1s)");
        }
    }

    /** By a cookie of ours, which the client keeps: nothing is remembered here. */
    public static SessionAffinity cookie() {
        return new SessionAffinity(Optional.empty(), 100_000, Duration.ofMinutes(30));
    }

    /** By the value of a header; requests without one go in turn. It needs Caffeine. */
    public static SessionAffinity header(String name) {
        return new SessionAffinity(Optional.of(name), 100_000, Duration.ofMinutes(30));
    }

    public SessionAffinity withMostSessions(int most) {
        return new SessionAffinity(header, most, idle);
    }

    public SessionAffinity withIdle(Duration limit) {
        return new SessionAffinity(header, mostSessions, limit);
    }

    Affinity begin(Ticker ticker) {
        if (header.isEmpty()) {
            return new CookieAffinity();
        }
        OptionalCaffeine.require("affinity by a header");
        return new HeaderAffinity(this, header.get(), ticker);
    }
}
