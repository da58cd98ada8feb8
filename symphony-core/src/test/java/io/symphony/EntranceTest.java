package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event;
import io.symphony.testing.FakeProbe;
import io.symphony.testing.FakeRuntime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pause and maintenance, as requests see them. */
class EntranceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Orchestrator acts = Orchestrator.of(ServiceSpec.command("acts", "acts"))
            .runtime(new FakeRuntime())
            .probe(new FakeProbe())
            .between(2, 2)
            .scaling(ScalingPolicy.fixed(2))
            .mostWaiting(1)
            .start();

    @BeforeEach
    void ready() throws Exception {
        assertThat(acts.awaitReady(2, PATIENCE)).isTrue();
    }

    @AfterEach
    void close() {
        acts.close();
    }

    @Test
    void inAPauseRequestsWaitAndThoseInsideGoOn() throws Exception {
        Lease inside = acts.lease();
        acts.pause();

        CompletableFuture<Lease> waiting = acts.leaseAsync(PATIENCE).toCompletableFuture();
        assertThat(waiting).isNotDone();
        assertThat(acts.status().entrance()).isEqualTo(Entrance.PAUSED);
        assertThat(acts.status().waiting()).isEqualTo(1);
        assertThatThrownBy(acts::lease)
                .hasMessage("acts: paused (ready=2, warming=0, starting=0, draining=0, target=2)");
        Lease moved = inside.another().orElseThrow();
        moved.close();

        acts.resume();
        waiting.get(20, TimeUnit.SECONDS).close();
        acts.lease().close();
        Status.Requests requests = acts.status().requests();
        assertThat(List.of(requests.accepted(), requests.completed(), requests.shed(), requests.open()))
                .containsExactly(4L, 3L, 1L, 0L);
    }

    @Test
    void inAPauseTooManyAreRefused() {
        acts.pause();
        CompletableFuture<Lease> first = acts.leaseAsync(PATIENCE).toCompletableFuture();

        assertThatThrownBy(() -> acts.leaseAsync(PATIENCE).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .hasMessageContaining("paused")
                .hasMessageContaining("1 requests wait already");
        assertThat(first).isNotDone();
    }

    @Test
    void underMaintenanceWhoeverComesOrWaitsIsRefusedAndTheFleetGoesOn() throws Exception {
        acts.pause();
        CompletableFuture<Lease> waiting = acts.leaseAsync(PATIENCE).toCompletableFuture();
        acts.beginMaintenance();

        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS)).hasMessageContaining("acts: under maintenance (");
        assertThatThrownBy(() -> acts.leaseAsync(PATIENCE).toCompletableFuture().get(20, TimeUnit.SECONDS))
                .hasMessageContaining("acts: under maintenance (");
        assertThat(acts.status().ready()).isEqualTo(2);

        acts.resume();
        acts.lease(PATIENCE).close();
        assertThat(acts.events().stream()
                        .filter(each -> each.kind() == Event.Kind.ENTRANCE)
                        .map(Event::text))
                .containsExactly(
                        "paused: new requests wait, up to 1 of them",
                        "maintenance: requests are refused",
                        "open: requests come in");
    }
}
