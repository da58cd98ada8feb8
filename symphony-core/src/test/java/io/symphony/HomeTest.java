package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A request whose session is at home at a replica. */
class HomeTest extends OrchestratorScene {

    @Test
    void itComesHomeWhileItsReplicaServes() throws Exception {
        Orchestrator acts = withReady(3);

        for (int i = 0; i < 6; i++) {
            try (Lease atOnce = acts.leaseAt(id(2));
                    Lease patient = acts.leaseAsyncAt(id(2), PATIENCE)
                            .toCompletableFuture()
                            .join()) {
                assertThat(atOnce.replica()).isEqualTo(id(2));
                assertThat(patient.replica()).isEqualTo(id(2));
            }
        }
        assertThat(ledger(acts)).containsExactly(12L, 12L, 0L, 0L, 0L, 0L);
    }

    @Test
    void itGoesInTurnWhereItsReplicaIsGone() throws Exception {
        Orchestrator acts = withReady(2);
        acts.drain(id(1));
        await().until(() -> acts.status().replicas().stream()
                .noneMatch(replica -> replica.id().equals(id(1))));

        try (Lease lease = acts.leaseAt(id(1))) {
            assertThat(lease.replica()).isNotEqualTo(id(1));
        }
    }

    @Test
    void itGoesElsewhereWhereItsReplicaIsFull() throws Exception {
        Orchestrator acts = withReady(2, builder -> builder.mostInside(1));
        Lease home = acts.leaseAt(id(1));

        try (Lease elsewhere = acts.leaseAt(id(1))) {
            assertThat(elsewhere.replica()).isEqualTo(id(2));
        }
        home.close();
    }

    @Test
    void itComesHomeFromTheWaitingRoom() throws Exception {
        Orchestrator acts = withReady(3);
        acts.pause();
        List<CompletableFuture<Lease>> waiting = Stream.generate(
                        () -> acts.leaseAsyncAt(id(2), PATIENCE).toCompletableFuture())
                .limit(3)
                .toList();
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        acts.resume();

        for (CompletableFuture<Lease> each : waiting) {
            assertThat(each).succeedsWithin(PATIENCE).extracting(Lease::replica).isEqualTo(id(2));
            each.join().close();
        }
    }

    @Test
    void itIsShedWhereNobodyServes() {
        probe.findsAll(ProbeResult.silent("connection refused"));
        Orchestrator acts = start(builder -> builder.between(1, 1));

        assertThatThrownBy(() -> acts.leaseAt(id(1))).isInstanceOf(NoReplicaAvailableException.class);
        assertThat(acts.leaseAsyncAt(id(1), Duration.ofMillis(1)).toCompletableFuture())
                .failsWithin(PATIENCE);
        assertThat(ledger(acts)).containsExactly(2L, 0L, 0L, 2L, 0L, 0L);
    }
}
