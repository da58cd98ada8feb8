package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import java.time.Duration;

/** Something that the planner wants done. Its outcome comes back as a fact. */
public sealed interface Action {

    /** Bring up a replica. */
    record Start(ReplicaId id, ServiceSpec spec) implements Action {}

    /** Ask a replica how it is. */
    record Probe(ReplicaId id, Endpoint endpoint) implements Action {}

    /** End a replica, and bring its last output along where somebody wants to see why it failed. */
    record Stop(ReplicaId id, Duration grace, boolean wantsOutput) implements Action {}

    /** List what runs. */
    record Survey() implements Action {}
}
