package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.testing.FakeProbe;
import io.symphony.testing.FakeRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** An orchestrator on a runtime and a probe that do as they are told, and what is asked of it. */
abstract class OrchestratorScene {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ServiceSpec SPEC = ServiceSpec.command("acts", "acts");

    final FakeRuntime runtime = new FakeRuntime();
    final FakeProbe probe = new FakeProbe();
    private final List<Orchestrator> started = new ArrayList<>();

    @AfterEach
    void close() {
        runtime.releaseStarts();
        started.forEach(Orchestrator::close);
    }

    Orchestrator withReady(int replicas) throws InterruptedException {
        return withReady(replicas, builder -> builder.between(replicas, 10));
    }

    Orchestrator withReady(int replicas, UnaryOperator<OrchestratorBuilder> more) throws InterruptedException {
        Orchestrator orchestrator = start(builder -> more.apply(builder.between(replicas, 10)));
        assertThat(orchestrator.awaitReady(replicas, PATIENCE)).isTrue();
        return orchestrator;
    }

    Orchestrator start(UnaryOperator<OrchestratorBuilder> more) {
        OrchestratorBuilder builder = Orchestrator.of(SPEC)
                .runtime(runtime)
                .probe(probe)
                .scaling(ScalingPolicy.fixed(1))
                .health(HealthPolicy.every(Duration.ofMillis(50)));
        return begin(more.apply(builder));
    }

    /** Started, and closed after the test. */
    Orchestrator begin(OrchestratorBuilder builder) {
        Orchestrator orchestrator = builder.start();
        started.add(orchestrator);
        return orchestrator;
    }

    /** One request that fails. */
    static void fail(Orchestrator orchestrator, Throwable cause) {
        try (Lease lease = orchestrator.lease()) {
            lease.failed(cause);
        }
    }

    /** Accepted, completed, abandoned, shed, failed, open. */
    static List<Long> ledger(Orchestrator orchestrator) {
        Status.Requests now = orchestrator.status().requests();
        assertThat(now.unaccounted()).isZero();
        return List.of(now.accepted(), now.completed(), now.abandoned(), now.shed(), now.failed(), now.open());
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    static ReplicaId id(long number) {
        return new ReplicaId("acts", number);
    }
}
