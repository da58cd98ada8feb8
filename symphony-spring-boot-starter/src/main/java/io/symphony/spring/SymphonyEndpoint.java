package io.symphony.spring;

import io.symphony.Orchestrator;
import io.symphony.spi.Event;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** {@code /actuator/symphony}: how things stand and why, and an order for how many replicas there are to be. */
@Endpoint(id = "symphony")
final class SymphonyEndpoint {

    private final Orchestrator orchestrator;

    SymphonyEndpoint(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @ReadOperation
    Standing standing() {
        return Standing.of(
                orchestrator.status(),
                orchestrator.events().stream().map(Event::toString).toList());
    }

    /** As many as that, or as many as the policy says again where no number is given. */
    @WriteOperation
    void scale(@Nullable Integer replicas) {
        if (replicas == null) {
            orchestrator.scaleAutomatically();
        } else {
            orchestrator.scaleTo(replicas);
        }
    }
}
