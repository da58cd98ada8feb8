package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.health.EjectionPolicy;
import io.symphony.health.HealthPolicy;
import io.symphony.spi.Event.Kind;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A replica at which requests fail is put out for a while. */
class EjectionTest extends OrchestratorScene {

    @Test
    void ofThirtyRequestsAFailingReplicaSeesThree() throws Exception {
        Orchestrator acts = withReady(
                2,
                builder -> builder.health(HealthPolicy.every(Duration.ofMinutes(1))
                        .withEjection(EjectionPolicy.after(3).withTimeout(Duration.ofSeconds(10)))));

        for (int i = 0; i < 30; i++) {
            Lease lease = acts.lease();
            if (lease.replica().equals(id(2))) {
                lease.failed(new ConnectException("Connection refused"));
                lease = lease.another().orElseThrow();
            }
            lease.close();
        }

        assertThat(acts.status().replicas())
                .extracting(Status.ReplicaStatus::requests)
                .containsExactly(30L, 3L);
        assertThat(ledger(acts)).containsExactly(30L, 30L, 0L, 0L, 0L, 0L);
        await().until(() -> acts.status().replicas().get(1).outFor().isPresent());
        assertThat(acts.events().get(acts.events().size() - 1))
                .hasToString(
                        "acts-2: out of the rotation for 10.0 s at most: 3 requests failed (connect) within 10.0 s, "
                                + "the last one: Connection refused");
    }

    @Test
    void theOnlyOneIsNeverPutOut() throws Exception {
        Orchestrator acts = withReady(1);

        for (int i = 0; i < 10; i++) {
            fail(acts, new ConnectException("Connection refused"));
        }

        assertThat(acts.status().replicas())
                .extracting(Status.ReplicaStatus::failures)
                .containsExactly(10L);
        assertThat(acts.events()).noneMatch(each -> each.kind() == Kind.EJECTED);
    }

    @Test
    void aStatusThatCountsPutsTheReplicaOutAndTheRequestIsServedAllTheSame() throws Exception {
        Orchestrator acts = withReady(
                2,
                builder -> builder.health(HealthPolicy.every(Duration.ofMinutes(1))
                        .withEjection(EjectionPolicy.after(1).withStatuses(Set.of(500)))));

        for (int i = 0; i < 10; i++) {
            try (Lease lease = acts.lease()) {
                lease.answered(lease.replica().equals(id(1)) ? 500 : 404);
            }
        }

        assertThat(acts.status().replicas())
                .extracting(Status.ReplicaStatus::requests)
                .containsExactly(1L, 9L);
        assertThat(ledger(acts)).containsExactly(10L, 10L, 0L, 0L, 0L, 0L);
    }

    @Test
    void aReplicaThatIsPutOutServesAgainOnceACheckPasses() throws Exception {
        Orchestrator acts = withReady(2);
        fail(acts, new ConnectException("Connection refused"));

        await().until(() -> acts.events().stream().anyMatch(each -> each.kind() == Kind.REINSTATED));

        await().until(() ->
                acts.status().replicas().stream().allMatch(each -> each.outFor().isEmpty()));
        for (int i = 0; i < 10; i++) {
            acts.lease().close();
        }
        assertThat(acts.status().replicas())
                .extracting(Status.ReplicaStatus::requests)
                .allMatch(requests -> requests >= 5);
    }
}
