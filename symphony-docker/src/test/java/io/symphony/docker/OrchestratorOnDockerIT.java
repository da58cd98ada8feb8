package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.OnExit;
import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.Status;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole orchestrator whose replicas are containers. */
@ExtendWith(OnDocker.class)
class OrchestratorOnDockerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String service = "orchestrated-" + UUID.randomUUID();
    private final Engine engine = new Engine();
    private final DockerRuntime runtime = OnDocker.runtime().build();

    @AfterEach
    void leaveNothingBehind() throws Exception {
        runtime.close();
        engine.clear(service);
        engine.close();
    }

    @Test
    void aContainerThatIsKilledIsReplaced() throws Exception {
        try (Orchestrator orchestrator = orchestrator(runtime).start()) {
            Set<ReplicaId> before = awaitTwoReady(orchestrator);
            ReplicaId victim = before.iterator().next();

            engine.containers().signal(engine.containers().of(victim).get(0).container(), "SIGKILL");

            await().atMost(PATIENCE).until(() -> !ready(orchestrator).contains(victim));
            assertThat(awaitTwoReady(orchestrator)).doesNotContain(victim);
            assertThat(orchestrator.events())
                    .anySatisfy(event -> assertThat(event.toString()).contains("exit code 137, killed"))
                    .noneMatch(event -> event.kind() == Event.Kind.TROUBLE);
            await().atMost(PATIENCE).until(() -> engine.containers().of(victim).isEmpty());
        }
        assertThat(engine.of(service)).isEmpty();
    }

    @Test
    void anotherOrchestratorTakesOverWhatOneHasLeft() throws Exception {
        Set<ReplicaId> before;
        Set<String> containers;
        try (DockerRuntime former = OnDocker.runtime().build();
                Orchestrator orchestrator =
                        orchestrator(former).onExit(OnExit.LEAVE).start()) {
            before = awaitTwoReady(orchestrator);
            containers = containers();
        }

        try (Orchestrator successor = orchestrator(runtime).start()) {
            assertThat(awaitTwoReady(successor)).isEqualTo(before);
            assertThat(containers()).isEqualTo(containers);
        }
        assertThat(engine.of(service)).isEmpty();
    }

    private OrchestratorBuilder orchestrator(DockerRuntime on) {
        return Orchestrator.of(ServiceSpec.image(service, OnDocker.IMAGE))
                .runtime(on)
                .between(2, 2)
                .scaling(ScalingPolicy.fixed(2))
                .grace(Duration.ofSeconds(5));
    }

    private Set<ReplicaId> awaitTwoReady(Orchestrator orchestrator) {
        await().atMost(PATIENCE).until(() -> ready(orchestrator).size() == 2);
        return ready(orchestrator);
    }

    private static Set<ReplicaId> ready(Orchestrator orchestrator) {
        return orchestrator.status().replicas().stream()
                .filter(replica -> replica.phase() == Phase.READY)
                .map(Status.ReplicaStatus::id)
                .collect(Collectors.toSet());
    }

    private Set<String> containers() throws Exception {
        return engine.of(service).stream().map(Found::container).collect(Collectors.toSet());
    }
}
