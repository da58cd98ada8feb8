package io.symphony.micrometer;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.symphony.Lease;
import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.ProbeResult;
import io.symphony.testing.FakeRuntime;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class OrchestratorMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void figuresAreThoseOfTheMoment() {
        try (Orchestrator acts = start()) {
            assertThat(gauge("symphony.replicas", "phase", "ready")).isEqualTo(2);
            assertThat(gauge("symphony.replicas", "phase", "draining")).isZero();
            assertThat(registry.get("symphony.replicas.target").gauge().value()).isEqualTo(2);

            acts.lease().close();
            acts.scaleTo(3);
            await().until(() -> gauge("symphony.replicas", "phase", "ready") == 3);

            assertThat(counter("symphony.requests", "outcome", "completed")).isEqualTo(1);
            assertThat(counter("symphony.requests", "outcome", "failed")).isZero();
            assertThat(counter("symphony.scale.decisions", "direction", "up")).isPositive();
            assertThat(counter("symphony.replacements", "cause", "by_order")).isZero();
            assertThat(registry.get("symphony.unaccounted.requests").gauge().value())
                    .isZero();
        }
    }

    @Test
    void whatNobodyElseHoldsKeepsItsFigures() {
        WeakReference<Orchestrator> acts = closed();
        System.gc();

        assertThat(acts.get()).isNotNull();
        assertThat(gauge("symphony.replicas", "phase", "ready")).isNotNaN();
        assertThat(counter("symphony.requests", "outcome", "completed")).isEqualTo(1);
    }

    /** An orchestrator that no thread of its own holds any more. */
    private WeakReference<Orchestrator> closed() {
        try (Orchestrator acts = start();
                Lease lease = acts.lease()) {
            assertThat(lease.endpoint()).isNotNull();
            return new WeakReference<>(acts);
        }
    }

    private Orchestrator start() {
        Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", "acts"))
                .between(1, 4)
                .scaling(ScalingPolicy.fixed(2))
                .runtime(new FakeRuntime())
                .probe((endpoint, timeout) -> completedStage(ProbeResult.well()))
                .start();
        new OrchestratorMetrics(acts).bindTo(registry);
        await().until(() -> acts.status().ready() == 2);
        return acts;
    }

    private double gauge(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).gauge().value();
    }

    private double counter(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).functionCounter().count();
    }
}
