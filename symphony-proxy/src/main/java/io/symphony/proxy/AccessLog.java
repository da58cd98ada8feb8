package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Hears of every request that has ended. It is called on an event loop, so it must not block; those made here do not.
 *
 * <pre>{@code
 * try (AccessLogWriter log = AccessLog.json(Path.of("access.log"));
 *         Listener listener = Listener.forwarding(orchestrator).accessLog(log).start()) {
 *     done.await();
 * }
 * }</pre>
 */
@FunctionalInterface
public interface AccessLog {

    void ended(Entry entry);

    /**
     * Lines of JSON at the end of this file. One that is moved away is followed by a new one.
     *
     * @throws java.io.UncheckedIOException when it cannot be opened
     */
    static AccessLogWriter json(Path file) {
        return new AccessLogWriter(LogFile.at(file), AccessLogFormat.JSON);
    }

    /** Lines of JSON, as they come; the stream stays its giver's to close. */
    static AccessLogWriter json(OutputStream out) {
        return new AccessLogWriter(LogSink.to(out), AccessLogFormat.JSON);
    }

    /**
     * Lines in the common log format at the end of this file. One that is moved away is followed by a new one.
     *
     * @throws java.io.UncheckedIOException when it cannot be opened
     */
    static AccessLogWriter common(Path file) {
        return new AccessLogWriter(LogFile.at(file), AccessLogFormat.COMMON);
    }

    /** Lines in the common log format, as they come; the stream stays its giver's to close. */
    static AccessLogWriter common(OutputStream out) {
        return new AccessLogWriter(LogSink.to(out), AccessLogFormat.COMMON);
    }

    /**
     * One request. What a client sent stands here as it came: whoever writes it down has to escape it.
     *
     * @param began when its head had been read
     * @param client the client's address
     * @param method the method; empty, as the target and the protocol are, for a head that was refused
     * @param target the target as it was forwarded
     * @param protocol {@code HTTP/1.1} or {@code HTTP/1.0}
     * @param status the status that the client got, or 0 for none
     * @param requestBytes content bytes of the request
     * @param responseBytes content bytes of the response
     * @param took from the end of the request's head to the end of the response
     * @param replica the replica that was asked last, if any
     * @param requestId the X-Request-Id that the replica got, or empty
     * @param outcome how it ended
     */
    record Entry(
            Instant began,
            String client,
            String method,
            String target,
            String protocol,
            int status,
            long requestBytes,
            long responseBytes,
            Duration took,
            Optional<ReplicaId> replica,
            String requestId,
            Outcome outcome) {}
}
