package io.symphony.proxy;

import io.symphony.Lease;
import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What leads one request to the replica that others came to. */
interface Bond {

    /** That replica's lease, or one in turn where it cannot be had. */
    Lease lease(Orchestrator service);

    /** The same, waiting for one if need be. */
    CompletionStage<Lease> lease(Orchestrator service, Duration patience);

    /** The request is with this replica now. */
    default void joined(ReplicaId replica) {}

    /** The cookie by which the client remembers that this replica answered it, where it does not yet. */
    default Optional<String> cookie(ReplicaId replica) {
        return Optional.empty();
    }
}
