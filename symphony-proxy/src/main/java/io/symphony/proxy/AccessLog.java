package io.symphony.proxy;

import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.Optional;

/** Hears of every request that has ended. It is called on an event loop, so it must not block. */
@FunctionalInterface
public interface AccessLog {

    void ended(Entry entry);

    /**
     * One request.
     *
     * @param client the client's address
     * @param method the method
     * @param target the target as it was forwarded
     * @param status the status that the client got, or 0 for none
     * @param requestBytes content bytes of the request
     * @param responseBytes content bytes of the response
     * @param took from the end of the request's head to the end of the response
     * @param replica the replica that was asked last, if any
     * @param outcome how it ended
     */
    record Entry(
            String client,
            String method,
            String target,
            int status,
            long requestBytes,
            long responseBytes,
            Duration took,
            Optional<ReplicaId> replica,
            Outcome outcome) {}
}
