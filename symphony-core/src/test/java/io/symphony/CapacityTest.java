package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.health.EjectionPolicy;
import io.symphony.health.HealthPolicy;
import io.symphony.routing.ShedReason;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A replica that holds so many requests and no more. */
class CapacityTest extends OrchestratorScene {

    @Test
    void whoFindsAllPlacesTakenWaitsForTheFirstThatIsFreeInTurn() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.mostInside(2));
        Lease one = acts.lease();
        Lease two = acts.lease();
        CompletableFuture<Lease> third = acts.leaseAsync(PATIENCE).toCompletableFuture();
        CompletableFuture<Lease> fourth = acts.leaseAsync(PATIENCE).toCompletableFuture();
        assertThat(third).isNotDone();
        assertThat(acts.status().requests().open()).isEqualTo(4);

        one.close();
        await().until(third::isDone);
        assertThat(fourth).isNotDone();

        third.join().close();
        await().until(fourth::isDone);
        assertThat(acts.status().replicas().get(0).inFlight()).isEqualTo(2);
        fourth.join().close();
        two.close();
    }

    @Test
    void whoWouldNotWaitIsToldThatAllAreBusy() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.mostInside(1));
        Lease one = acts.lease();

        assertThatThrownBy(acts::lease)
                .isInstanceOf(NoReplicaAvailableException.class)
                .hasMessageStartingWith("acts: each replica has as many requests inside as it may, 1 (ready=1, ");
        assertThat(acts.status().requests().shedBy()).containsEntry(ShedReason.BUSY, 1L);
        one.close();
    }

    @Test
    void theQueueIsBoundedInNumberAndInTime() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.mostInside(1).mostWaiting(1));
        Lease one = acts.lease();
        CompletableFuture<Lease> waits = acts.leaseAsync(Duration.ofMillis(200)).toCompletableFuture();

        assertThat(acts.leaseAsync(PATIENCE).toCompletableFuture()).isCompletedExceptionally();

        await().until(waits::isCompletedExceptionally);
        assertThat(acts.status().requests().shedBy())
                .containsEntry(ShedReason.QUEUE_FULL, 1L)
                .containsEntry(ShedReason.PATIENCE_OVER, 1L);
        one.close();
    }

    @Test
    void oneThatIsFullIsPassedOverWhileAnotherHasRoom() throws Exception {
        Orchestrator acts = withReady(3, builder -> builder.mostInside(2));

        List<Lease> leases = new ArrayList<>();
        Lease first = acts.lease();
        leases.add(acts.lease());
        leases.add(acts.lease());
        for (int i = 0; i < 3; i++) {
            leases.add(acts.lease());
        }
        first.close();
        acts.lease().close(); // wherever the turn is, there is one place
        assertThat(acts.status().replicas()).allMatch(each -> each.inFlight() <= 2);
        leases.forEach(Lease::close);
        assertThat(ledger(acts)).containsExactly(7L, 7L, 0L, 0L, 0L, 0L);
    }

    @Test
    void underManyThreadsEachIsServedAndNeverTooManyAreInside() throws Exception {
        Orchestrator acts = withReady(2, builder -> builder.mostInside(2));
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(16);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(pool.submit(() -> {
                for (int each = 0; each < 25; each++) {
                    Lease lease = acts.lease(PATIENCE);
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    lease.close();
                }
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
        pool.shutdown();

        assertThat(most.get()).isLessThanOrEqualTo(4);
        assertThat(ledger(acts)).containsExactly(400L, 400L, 0L, 0L, 0L, 0L);
    }

    @Test
    void noneAtAllIsNoCapacity() {
        assertThatThrownBy(() -> start(builder -> builder.mostInside(0))).hasMessage("mostInside: 0 (expected: >= 1)");
    }

    @Test
    void oneThatWasLostAndFindsAllOthersFullWaitsInTheQueueAndIsBoundedByIt() throws Exception {
        Orchestrator acts = withReady(
                2,
                builder -> builder.mostInside(1)
                        .mostWaiting(1)
                        .health(HealthPolicy.every(Duration.ofMinutes(5)).withEjection(EjectionPolicy.after(1))));
        Lease one = acts.lease();
        Lease other = acts.lease();
        one.failed(new ConnectException("refused"));
        assertThat(one.another()).isEmpty();
        CompletableFuture<Lease> waits = one.anotherAsync(PATIENCE).toCompletableFuture();
        assertThat(waits).isNotDone();
        assertThat(acts.leaseAsync(PATIENCE).toCompletableFuture()).isCompletedExceptionally();

        other.close();

        Lease last = waits.get(20, TimeUnit.SECONDS);
        assertThat(last.replica()).isEqualTo(other.replica());
        last.close();
        assertThat(ledger(acts)).containsExactly(3L, 2L, 0L, 1L, 0L, 0L);
    }
}
