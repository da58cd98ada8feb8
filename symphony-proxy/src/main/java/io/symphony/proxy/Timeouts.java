package io.symphony.proxy;

import java.time.Duration;

/**
 * How long a listener waits for each thing. They are kept by a coarse clock: some tens of milliseconds late is on time.
 *
 * <pre>{@code
 * Timeouts.defaults().withResponseHead(Duration.ofSeconds(5))
 * }</pre>
 *
 * @param firstByte from the opening of a connection, or the end of its TLS handshake, to the first byte of what must come
 *     next; the connection is then closed
 * @param head from the first byte of a head to its last (408); a TLS handshake has as long, too
 * @param keepAlive between two requests; the connection is then closed
 * @param body between two pieces of a request body (408)
 * @param patience for a replica to be there to take a request (503)
 * @param connect for a connection to a replica (504)
 * @param responseHead from the last byte of a request to the last of the response's head (504)
 * @param stream between two pieces of a response, and for a client to take one; the connections are then closed
 * @param tunnel between two pieces in a tunnel, either way; it is then closed
 * @param pooled for a connection to a replica to lie idle before it is closed
 */
public record Timeouts(
        Duration firstByte,
        Duration head,
        Duration keepAlive,
        Duration body,
        Duration patience,
        Duration connect,
        Duration responseHead,
        Duration stream,
        Duration tunnel,
        Duration pooled) {

    private static final Duration LONGEST = Duration.ofDays(365);

    public Timeouts {
        require("firstByte", firstByte);
        require("head", head);
        require("keepAlive", keepAlive);
        require("body", body);
        if (!patience.isZero()) {
            require("patience", patience);
        }
        require("connect", connect);
        require("responseHead", responseHead);
        require("stream", stream);
        require("tunnel", tunnel);
        require("pooled", pooled);
    }

    public static Timeouts defaults() {
        return new Timeouts(
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofSeconds(30));
    }

    public Timeouts withFirstByte(Duration most) {
        return new Timeouts(most, head, keepAlive, body, patience, connect, responseHead, stream, tunnel, pooled);
    }

    public Timeouts withHead(Duration most) {
        return new Timeouts(firstByte, most, keepAlive, body, patience, connect, responseHead, stream, tunnel, pooled);
    }

    public Timeouts withKeepAlive(Duration most) {
        return new Timeouts(firstByte, head, most, body, patience, connect, responseHead, stream, tunnel, pooled);
    }

    public Timeouts withBody(Duration most) {
        return new Timeouts(firstByte, head, keepAlive, most, patience, connect, responseHead, stream, tunnel, pooled);
    }

    /** Zero means not to wait at all. */
    public Timeouts withPatience(Duration most) {
        return new Timeouts(firstByte, head, keepAlive, body, most, connect, responseHead, stream, tunnel, pooled);
    }

    public Timeouts withConnect(Duration most) {
        return new Timeouts(firstByte, head, keepAlive, body, patience, most, responseHead, stream, tunnel, pooled);
    }

    public Timeouts withResponseHead(Duration most) {
        return new Timeouts(firstByte, head, keepAlive, body, patience, connect, most, stream, tunnel, pooled);
    }

    public Timeouts withStream(Duration most) {
        return new Timeouts(firstByte, head, keepAlive, body, patience, connect, responseHead, most, tunnel, pooled);
    }

    public Timeouts withTunnel(Duration most) {
        return new Timeouts(firstByte, head, keepAlive, body, patience, connect, responseHead, stream, most, pooled);
    }

    public Timeouts withPooled(Duration most) {
        return new Timeouts(firstByte, head, keepAlive, body, patience, connect, responseHead, stream, tunnel, most);
    }

    private static void require(String name, Duration value) {
        if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 ms to 365 days)");
        }
    }
}
