package io.symphony.spring;

import io.symphony.Orchestrator;
import io.symphony.Status;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down while no replica serves. */
final class SymphonyHealthIndicator extends AbstractHealthIndicator {

    private final Orchestrator orchestrator;

    SymphonyHealthIndicator(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Status status = orchestrator.status();
        (status.ready() > 0 ? health.up() : health.down())
                .withDetail("service", status.service())
                .withDetail("ready", status.ready())
                .withDetail("target", status.target())
                .withDetail("reason", status.reason());
    }
}
