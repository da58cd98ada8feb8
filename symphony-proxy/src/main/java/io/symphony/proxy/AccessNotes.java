package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an access log is told of one exchange, collected as it goes. Without a log it costs a null check. */
final class AccessNotes {

    private final @Nullable AccessLog log;
    private String method = "";
    private String target = "";
    private Optional<ReplicaId> replica = Optional.empty();
    private long began;

    AccessNotes(@Nullable AccessLog log) {
        this.log = log;
    }

    void begin(RequestHead head, long now) {
        if (log != null) {
            method = text(head, head.methodStart(), head.methodEnd());
            target = text(head, head.targetStart(), head.targetEnd());
            replica = Optional.empty();
            began = now;
        }
    }

    void askedOf(Hold hold) {
        if (log != null) {
            replica = hold.held();
        }
    }

    void end(Peer peer, int status, long requestBytes, long responseBytes, Outcome outcome) {
        if (log != null) {
            String client = new String(peer.address(), StandardCharsets.US_ASCII);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            log.ended(new AccessLog.Entry(
                    client, method, target, status, requestBytes, responseBytes, took, replica, outcome));
        }
    }

    private static String text(RequestHead head, int from, int to) {
        return new String(head.bytes(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
