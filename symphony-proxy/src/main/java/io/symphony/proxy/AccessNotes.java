package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an access log is told of one exchange, collected as it goes. Without a log it costs a null check. */
final class AccessNotes {

    /** Longer ones are cut. */
    private static final int LONGEST_ID = 256;

    private final @Nullable AccessLog log;
    private Instant beganAt = Instant.EPOCH;
    private String method = "";
    private String target = "";
    private String protocol = "";
    private String requestId = "";
    private Optional<ReplicaId> replica = Optional.empty();
    private long began;

    AccessNotes(@Nullable AccessLog log) {
        this.log = log;
    }

    void begin(RequestHead head, long now) {
        if (log != null) {
            beganAt = Instant.now();
            method = text(head, head.methodStart(), head.methodEnd());
            target = head.targetStart() == head.targetEnd() ? "/" : text(head, head.targetStart(), head.targetEnd());
            protocol = head.minor() == 0 ? "HTTP/1.0" : "HTTP/1.1";
            requestId = "";
            replica = Optional.empty();
            began = now;
        }
    }

    /** The head has been written for the replica. */
    void rewritten(RequestHead head, RequestRewrite rewrite) {
        if (log == null) {
            return;
        }
        int field = head.requestIdField();
        if (rewrite.hasMadeId()) {
            requestId = rewrite.madeId();
        } else if (field >= 0) {
            int from = head.fields().valueStart(field);
            requestId = text(head, from, Math.min(head.fields().valueEnd(field), from + LONGEST_ID));
        }
    }

    void askedOf(Hold hold) {
        if (log != null) {
            replica = hold.held();
        }
    }

    void end(Peer peer, int status, long requestBytes, long responseBytes, Outcome outcome) {
        if (log != null) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            log.ended(new AccessLog.Entry(
                    beganAt,
                    text(peer),
                    method,
                    target,
                    protocol,
                    status,
                    requestBytes,
                    responseBytes,
                    took,
                    replica,
                    requestId,
                    outcome));
        }
    }

    /** A head was refused, so there is nothing to be told of it that could be trusted. */
    void refused(Peer peer, int status, long responseBytes) {
        if (log != null) {
            beganAt = Instant.now();
            method = "";
            target = "";
            protocol = "";
            requestId = "";
            replica = Optional.empty();
            began = System.nanoTime();
            end(peer, status, 0, responseBytes, Outcome.SHED);
        }
    }

    private static String text(Peer peer) {
        return new String(peer.address(), StandardCharsets.US_ASCII);
    }

    private static String text(RequestHead head, int from, int to) {
        return new String(head.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
