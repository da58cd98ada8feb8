package io.symphony.proxy;

/**
 * How much a client or a replica may ask of a listener. Each has a status that says so to whoever goes beyond it.
 *
 * <pre>{@code
 * Limits.defaults().withBodyBytes(10_000_000).withConnections(2_000)
 * }</pre>
 *
 * @param headBytes the largest head of a request (431) or a response (502)
 * @param fields the most fields in a head (431, 502)
 * @param targetBytes the longest request target (414)
 * @param bodyBytes the largest request body (413); there is no limit by default
 * @param trailerBytes the largest trailer section of a chunked body (431, 502)
 * @param bodyBytesPerSecond the slowest that a request body may arrive, after a grace of ten seconds (408)
 * @param connections the most client connections at once (503)
 * @param idlePerReplica the most idle connections that one event loop keeps to one replica
 */
public record Limits(
        int headBytes,
        int fields,
        int targetBytes,
        long bodyBytes,
        int trailerBytes,
        int bodyBytesPerSecond,
        int connections,
        int idlePerReplica) {

    /** A head must fit into an event loop's buffer with room for what is added to it. */
    private static final int LARGEST_HEAD = 60 * 1024;

    public Limits {
        require("headBytes", headBytes, 256, LARGEST_HEAD);
        require("fields", fields, 1, 10_000);
        require("targetBytes", targetBytes, 1, headBytes);
        require("bodyBytes", bodyBytes, 0, Long.MAX_VALUE);
        require("trailerBytes", trailerBytes, 2, LARGEST_HEAD);
        require("bodyBytesPerSecond", bodyBytesPerSecond, 0, 1_000_000_000);
        require("connections", connections, 1, Integer.MAX_VALUE);
        require("idlePerReplica", idlePerReplica, 0, 65_536);
    }

    public static Limits defaults() {
        return new Limits(32 * 1024, 128, 8 * 1024, Long.MAX_VALUE, 8 * 1024, 240, 10_000, 256);
    }

    public Limits withHeadBytes(int most) {
        return new Limits(
                most,
                fields,
                Math.min(targetBytes, most),
                bodyBytes,
                trailerBytes,
                bodyBytesPerSecond,
                connections,
                idlePerReplica);
    }

    public Limits withFields(int most) {
        return new Limits(
                headBytes, most, targetBytes, bodyBytes, trailerBytes, bodyBytesPerSecond, connections, idlePerReplica);
    }

    public Limits withTargetBytes(int most) {
        return new Limits(
                headBytes, fields, most, bodyBytes, trailerBytes, bodyBytesPerSecond, connections, idlePerReplica);
    }

    public Limits withBodyBytes(long most) {
        return new Limits(
                headBytes, fields, targetBytes, most, trailerBytes, bodyBytesPerSecond, connections, idlePerReplica);
    }

    public Limits withTrailerBytes(int most) {
        return new Limits(
                headBytes, fields, targetBytes, bodyBytes, most, bodyBytesPerSecond, connections, idlePerReplica);
    }

    public Limits withBodyBytesPerSecond(int least) {
        return new Limits(headBytes, fields, targetBytes, bodyBytes, trailerBytes, least, connections, idlePerReplica);
    }

    public Limits withConnections(int most) {
        return new Limits(
                headBytes, fields, targetBytes, bodyBytes, trailerBytes, bodyBytesPerSecond, most, idlePerReplica);
    }

    public Limits withIdlePerReplica(int most) {
        return new Limits(
                headBytes, fields, targetBytes, bodyBytes, trailerBytes, bodyBytesPerSecond, connections, most);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }
}
