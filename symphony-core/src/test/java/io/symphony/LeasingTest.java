package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.routing.RoutingPolicy;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** How a request gets its lease, and gives it back. */
class LeasingTest extends OrchestratorScene {

    @Test
    void leasesAreBalanced() throws Exception {
        Orchestrator acts = withReady(2);
        Map<Endpoint, LongAdder> counts = new ConcurrentHashMap<>();

        for (int i = 0; i < 100; i++) {
            try (Lease lease = acts.lease()) {
                counts.computeIfAbsent(lease.endpoint(), fresh -> new LongAdder())
                        .increment();
            }
        }

        assertThat(counts).hasSize(2);
        assertThat(counts.values()).extracting(LongAdder::sum).containsExactly(50L, 50L);
        assertThat(acts.status().replicas())
                .extracting(Status.ReplicaStatus::requests)
                .containsExactly(50L, 50L);
        assertThat(ledger(acts)).containsExactly(100L, 100L, 0L, 0L, 0L, 0L);
    }

    @Test
    void leaseSaysWhyThereIsNoneWithNumbers() {
        probe.findsAll(ProbeResult.silent("connection refused"));
        runtime.holdStartsFrom(3);
        Orchestrator acts = start(builder -> builder.between(3, 3));
        await().until(() -> acts.status().count(Phase.WARMING) == 2);

        assertThatThrownBy(acts::lease)
                .isInstanceOf(NoReplicaAvailableException.class)
                .hasMessage("acts: no replica is ready (ready=0, warming=2, starting=1, draining=0, target=3)")
                .satisfies(thrown -> assertThat(thrown.getStackTrace()).isEmpty());
        assertThatThrownBy(() -> acts.leaseFor(7)).isInstanceOf(NoReplicaAvailableException.class);
        assertThat(acts.status().requests().shed()).isEqualTo(2);
    }

    @Test
    void theSameKeyLeadsToTheSameReplica() throws Exception {
        Orchestrator acts = withReady(4, builder -> builder.balancing(RoutingPolicy.hash()));
        for (int key = 0; key < 20; key++) {
            try (Lease one = acts.leaseFor(key);
                    Lease other = acts.leaseFor(key)) {
                assertThat(one.replica()).isEqualTo(other.replica());
            }
        }
        assertThat(ledger(acts)).containsExactly(40L, 40L, 0L, 0L, 0L, 0L);
    }

    @Test
    void closingALeaseTwiceIsAnErrorThatNamesIt() throws Exception {
        Orchestrator acts = withReady(1);
        Lease lease = acts.lease();
        lease.close();

        assertThatThrownBy(lease::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Lease on acts-1 closed twice. Did two threads share it?");
        assertThatThrownBy(() -> lease.failed(new IllegalStateException()))
                .hasMessage("Lease on acts-1 is closed already.");
        assertThatThrownBy(lease::abandoned).hasMessage("Lease on acts-1 is closed already.");
        assertThatThrownBy(lease::another).hasMessage("Lease on acts-1 is closed already.");
        assertThat(lease).hasToString("Lease on acts-1 at 127.0.0.1:20001, closed");
        assertThat(acts.status().replicas()).allMatch(each -> each.inFlight() == 0);
        assertThat(ledger(acts)).containsExactly(1L, 1L, 0L, 0L, 0L, 0L);
    }

    @Test
    void anotherLeaseIsOnAReplicaNotTriedYetAndStaysOneRequest() throws Exception {
        Orchestrator acts = withReady(3);
        Lease first = acts.lease();
        first.failed(new IllegalStateException("refused"));
        Lease second = first.another().orElseThrow();
        second.failed(new IllegalStateException("refused"));
        Lease third = second.another().orElseThrow();

        assertThat(List.of(first.replica(), second.replica(), third.replica()))
                .containsExactlyInAnyOrder(id(1), id(2), id(3));
        assertThat(third.another()).isEmpty();
        assertThatThrownBy(first::close).hasMessageContaining("closed twice");
        assertThat(acts.status().requests().open()).isEqualTo(1);
        third.close();

        assertThat(ledger(acts)).containsExactly(1L, 1L, 0L, 0L, 0L, 0L);
        assertThat(acts.status().replicas()).allMatch(each -> each.inFlight() == 0);
        assertThat(acts.status().replicas().stream()
                        .mapToLong(Status.ReplicaStatus::failures)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void aLeaseThatIsNotClosedIsReported() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.reportLeasesOpenFor(Duration.ofMillis(100)));
        Lease forgotten = acts.lease();

        await().until(() -> acts.events().stream()
                .anyMatch(each -> each.kind() == Kind.TROUBLE
                        && each.toString()
                                .equals("acts-1: 1 lease has been open for more than 0.1 s. "
                                        + "A long stream, or was close() forgotten?")));
        forgotten.close();
    }
}
