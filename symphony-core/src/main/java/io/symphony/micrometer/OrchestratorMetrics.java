package io.symphony.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.symphony.Orchestrator;
import io.symphony.Status.Requests;
import io.symphony.fleet.Phase;
import io.symphony.routing.ShedReason;
import io.symphony.spi.Decision;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * An orchestrator's figures in a registry of Micrometer's. In Prometheus they have the names and labels that the admin
 * listener gives them.
 *
 * <pre>{@code
 * new OrchestratorMetrics(acts).bindTo(registry);
 * }</pre>
 *
 * <p>Nothing is counted for it: each figure is read when the registry asks. What is bound holds the orchestrator, so
 * its figures stay after it was closed.
 */
public final class OrchestratorMetrics implements MeterBinder {

    private final Orchestrator orchestrator;

    public OrchestratorMetrics(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        replicas(registry);
        requests(registry);
        for (Decision decision : Decision.values()) {
            decision.direction().ifPresent(way -> decisions(registry, "scale.decisions", "direction", way, decision));
            decision.cause().ifPresent(why -> decisions(registry, "replacements", "cause", why, decision));
        }
    }

    private void replicas(MeterRegistry registry) {
        for (Phase phase : Phase.values()) {
            Gauge.builder("symphony.replicas", () -> orchestrator.status().count(phase))
                    .tag("phase", phase.name().toLowerCase(Locale.ROOT))
                    .description("Replicas by phase.")
                    .register(registry);
        }
        Gauge.builder("symphony.replicas.target", () -> orchestrator.status().target())
                .description("Replicas that are wanted.")
                .register(registry);
    }

    private void requests(MeterRegistry registry) {
        outcome(registry, "completed", Requests::completed);
        outcome(registry, "abandoned", Requests::abandoned);
        outcome(registry, "shed", Requests::shed);
        outcome(registry, "failed", Requests::failed);
        for (ShedReason reason : ShedReason.values()) {
            counter(
                    registry,
                    "symphony.requests.shed",
                    Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                    of -> of.status().requests().shedBy().getOrDefault(reason, 0L));
        }
        Gauge.builder("symphony.waiting.requests", () -> orchestrator.status().waiting())
                .description("Requests that wait for a replica.")
                .register(registry);
        Gauge.builder(
                        "symphony.unaccounted.requests",
                        () -> orchestrator.status().requests().unaccounted())
                .description("Requests that were lost track of; 0, or there is a fault in Symphony.")
                .register(registry);
    }

    private void outcome(MeterRegistry registry, String outcome, ToLongFunction<Requests> count) {
        counter(
                registry,
                "symphony.requests",
                Tags.of("outcome", outcome),
                of -> count.applyAsLong(of.status().requests()));
    }

    private void decisions(MeterRegistry registry, String what, String tag, String value, Decision decision) {
        counter(
                registry,
                "symphony." + what,
                Tags.of(tag, value),
                of -> of.decisions().getOrDefault(decision, 0L));
    }

    /** A function counter holds what it counts weakly, but its function fast; so the function holds it. */
    private void counter(MeterRegistry registry, String name, Tags tags, ToLongFunction<Orchestrator> count) {
        FunctionCounter.builder(name, this, unused -> count.applyAsLong(orchestrator))
                .tags(tags)
                .register(registry);
    }
}
