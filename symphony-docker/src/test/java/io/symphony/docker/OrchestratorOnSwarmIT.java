package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.Orchestrator;
import io.symphony.Status;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ServiceSpec;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole orchestrator whose replicas are spread over the nodes of a swarm. */
@Tag("once")
@Timeout(120)
@ExtendWith(TwoNodes.class)
class OrchestratorOnSwarmIT {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SwarmRuntime runtime = TwoNodes.runtime(GRACE);
    private final Orchestrator orchestrator = Orchestrator.of(
                    ServiceSpec.image("orchestrated-" + UUID.randomUUID(), OnDocker.IMAGE))
            .runtime(runtime)
            .between(1, 8)
            .grace(GRACE)
            .start();

    @AfterEach
    void leaveNothingBehind() {
        orchestrator.close();
        runtime.close();
    }

    @Test
    void replicasAreSpreadOverTheNodesAndTheLastRequestIsAnsweredBeforeOneLeaves() throws Exception {
        awaitReady(8);
        assertThat(readyByNode()).hasSize(2);

        try (Visitors visitors = new Visitors(orchestrator)) {
            await().atMost(PATIENCE).until(() -> visitors.answered() > 100);
            orchestrator.scaleTo(2);
            await().atMost(PATIENCE)
                    .until(() -> orchestrator.status().replicas().size() == 2);

            assertThat(visitors.unanswered()).isZero();
        }
        assertThat(orchestrator.status().requests().failed()).isZero();
    }

    @Test
    void aNodeThatDiesCostsNoRequestAndItsReplicasAreSucceededElsewhere() throws Exception {
        awaitReady(4);
        try (Visitors visitors = new Visitors(orchestrator)) {
            await().atMost(PATIENCE).until(() -> visitors.answered() > 100);
            TwoNodes.killWorker();
            await().atMost(PATIENCE).until(() -> readyByNode().equals(Map.of(TwoNodes.managerAddress(), 4L)));

            assertThat(visitors.unanswered()).isZero();
        } finally {
            TwoNodes.reviveWorker();
        }
    }

    private void awaitReady(int replicas) throws InterruptedException {
        orchestrator.scaleTo(replicas);
        assertThat(orchestrator.awaitReady(replicas, PATIENCE)).isTrue();
    }

    private Map<String, Long> readyByNode() {
        return orchestrator.status().replicas().stream()
                .filter(replica -> replica.phase() == Phase.READY)
                .collect(Collectors.groupingBy(OrchestratorOnSwarmIT::node, Collectors.counting()));
    }

    private static String node(Status.ReplicaStatus replica) {
        return replica.endpoint().orElseThrow().host();
    }
}
