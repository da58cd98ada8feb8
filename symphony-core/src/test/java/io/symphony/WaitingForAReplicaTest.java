package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Phase;
import io.symphony.routing.RoutingPolicy;
import io.symphony.routing.ShedReason;
import io.symphony.spi.Event.Kind;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Requests that come while no replica serves. */
class WaitingForAReplicaTest extends OrchestratorScene {

    @Test
    void oneThatWaitsIsServedByItsKeyAndCountedOnce() throws Exception {
        runtime.holdStarts();
        Orchestrator acts = start(builder -> builder.between(4, 4).balancing(RoutingPolicy.hash()));
        List<CompletableFuture<Lease>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(acts.leaseAsyncFor(7, PATIENCE).toCompletableFuture());
        }
        assertThat(acts.status().waiting()).isEqualTo(4);
        runtime.releaseStarts();
        for (CompletableFuture<Lease> each : waiting) {
            each.get(20, TimeUnit.SECONDS).close();
        }
        assertThat(acts.awaitReady(4, PATIENCE)).isTrue();
        try (Lease waited =
                        acts.leaseAsyncFor(7, PATIENCE).toCompletableFuture().join();
                Lease atOnce = acts.leaseFor(7)) {
            assertThat(waited.replica()).isEqualTo(atOnce.replica());
        }
        assertThat(ledger(acts)).containsExactly(6L, 6L, 0L, 0L, 0L, 0L);
    }

    @Test
    void patienceIsRewardedWhenAReplicaComesUp() throws Exception {
        runtime.holdStarts();
        Orchestrator acts = start(builder -> builder);
        CompletableFuture<Lease> waiting = acts.leaseAsync(PATIENCE).toCompletableFuture();
        assertThat(acts.status().waiting()).isEqualTo(1);

        runtime.releaseStarts();

        try (Lease lease = waiting.get(20, TimeUnit.SECONDS)) {
            assertThat(lease.replica()).isEqualTo(id(1));
            assertThat(lease).hasToString("Lease on acts-1 at 127.0.0.1:20001");
        }
        try (Lease lease = acts.lease(PATIENCE)) {
            assertThat(lease.replica()).isEqualTo(id(1));
        }
    }

    @Test
    void patienceEnds() {
        runtime.holdStarts();
        Orchestrator acts = start(builder -> builder);

        assertThatThrownBy(() -> acts.lease(Duration.ofMillis(30)))
                .isInstanceOf(NoReplicaAvailableException.class)
                .hasMessageStartingWith("acts: no replica is ready (ready=0, warming=0, ")
                .hasMessageEndingWith("; waited 0.0 s");
        assertThat(ledger(acts)).containsExactly(1L, 0L, 0L, 1L, 0L, 0L);
    }

    @Test
    void thoseWhoWaitAreServedFirstComeFirstServedAndAreBounded() throws Exception {
        runtime.holdStarts();
        Orchestrator acts = start(builder -> builder.mostWaiting(5));
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            waiting.add(acts.leaseAsync(PATIENCE)
                    .thenAccept(lease -> {
                        served.add(number);
                        lease.close();
                    })
                    .toCompletableFuture());
        }
        assertThatThrownBy(() -> acts.lease(PATIENCE))
                .isInstanceOf(NoReplicaAvailableException.class)
                .hasMessageEndingWith("; 5 requests wait already");

        runtime.releaseStarts();
        for (CompletableFuture<Void> each : waiting) {
            each.get(20, TimeUnit.SECONDS);
        }

        assertThat(served).containsExactly(0, 1, 2, 3, 4);
        assertThat(ledger(acts)).containsExactly(6L, 5L, 0L, 1L, 0L, 0L);
    }

    @Test
    void anInterruptWhileWaitingGivesUpThePlace() throws Exception {
        runtime.holdStarts();
        Orchestrator acts = start(builder -> builder);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                acts.lease(PATIENCE).close();
            } catch (InterruptedException e) {
                outcome.set(e);
            }
        });
        waiting.start();
        await().until(() -> acts.status().waiting() == 1);

        waiting.interrupt();
        waiting.join(20_000);
        runtime.releaseStarts();

        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        await().until(() -> ledger(acts).equals(List.of(1L, 0L, 1L, 0L, 0L, 0L)));
        assertThat(acts.status().replicas()).allMatch(each -> each.inFlight() == 0);
    }

    @Test
    void thoseWhoAskWhereThereIsNoneWaitForOneAndAreServedInTheirOrder() throws Exception {
        Orchestrator acts = atZero();
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> answers = new ArrayList<>();

        runtime.holdStarts();
        for (int i = 0; i < 200; i++) {
            int number = i;
            answers.add(acts.leaseAsync(PATIENCE)
                    .thenAccept(lease -> {
                        served.add(number);
                        lease.close();
                    })
                    .toCompletableFuture());
        }
        await().until(() -> acts.status().count(Phase.STARTING) == 1);
        runtime.releaseStarts();
        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(served).hasSize(200).isSorted();
        assertThat(acts.status().requests().completed()).isEqualTo(200);
    }

    @Test
    void oneWhoDoesNotWaitWhereThereIsNoneBringsOneBack() {
        Orchestrator acts = atZero();

        assertThatThrownBy(acts::lease).isInstanceOf(NoReplicaAvailableException.class);

        await().until(() -> timesReady(acts) == 2);
    }

    @Test
    void thoseWhoWaitWhileStartsFailAgainAndAgainAreToldWhy() {
        Orchestrator acts = atZero();
        runtime.refuseStarts("no such image");

        CompletableFuture<Lease> waiting =
                acts.leaseAsync(Duration.ofMinutes(10)).toCompletableFuture();

        assertThatThrownBy(() -> waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(NoReplicaAvailableException.class)
                .hasMessageContaining("; 3 starts failed in a row, the last: acts-4: no such image");
    }

    private static long timesReady(Orchestrator acts) {
        return acts.events().stream()
                .filter(event -> event.kind() == Kind.READY)
                .count();
    }

    private Orchestrator atZero() {
        Orchestrator acts = start(builder -> builder.between(0, 5).zeroAfter(Duration.ofMillis(100)));
        await().until(() -> timesReady(acts) == 1);
        await().until(() -> acts.status().replicas().isEmpty());
        return acts;
    }

    @Test
    void closingSendsThoseWhoWaitAway() {
        runtime.holdStarts();
        Orchestrator acts = start(builder -> builder.onExit(OnExit.LEAVE));
        CompletableFuture<Lease> waiting = acts.leaseAsync(PATIENCE).toCompletableFuture();

        acts.close();

        assertThatThrownBy(() -> waiting.get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(NoReplicaAvailableException.class)
                .hasMessageContaining("acts: closed (");
        assertThat(acts.status().requests().open()).isZero();
    }

    @Test
    void oneThatWasRefusedByAllGoesOnWaitingAndIsServedWhenOneWorksAgain() throws Exception {
        Orchestrator acts = withReady(2);
        Lease first = acts.lease();
        first.failed(new ConnectException("refused"));
        Lease second = first.another().orElseThrow();
        second.failed(new ConnectException("refused"));

        CompletableFuture<Lease> third = second.anotherAsync(PATIENCE).toCompletableFuture();
        assertThat(ledger(acts)).containsExactly(1L, 0L, 0L, 0L, 0L, 1L);
        try (Lease lease = third.get(20, TimeUnit.SECONDS)) {
            assertThat(lease.another())
                    .as("one that it was at before it waited")
                    .isEmpty();
        }
        assertThat(ledger(acts)).containsExactly(1L, 1L, 0L, 0L, 0L, 0L);
        assertThat(acts.status().replicas()).allMatch(each -> each.inFlight() == 0);
    }

    @Test
    void oneThatIsRefusedAgainAndAgainIsSentAwayWhenItsPatienceIsOver() throws Exception {
        Orchestrator acts = withReady(1);
        Lease lease = acts.lease();
        int tries = 1;
        ExecutionException end = null;
        while (end == null) {
            lease.failed(new ConnectException("refused"));
            try {
                lease = lease.anotherAsync(Duration.ofSeconds(1))
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS);
                tries++;
            } catch (ExecutionException sentAway) {
                end = sentAway;
            }
        }
        assertThat(end)
                .hasMessageContaining("acts: each replica that is ready refuses or breaks connections, "
                        + "the last: acts-1: refused (ready=1, ")
                .hasMessageEndingWith("; waited 1.0 s");
        assertThat(tries).as("one for each rest").isLessThanOrEqualTo(12);
        assertThat(acts.status().requests().shedBy()).containsEntry(ShedReason.PATIENCE_OVER, 1L);
        assertThat(ledger(acts)).containsExactly(1L, 0L, 0L, 1L, 0L, 0L);
    }

    @Test
    void anAnswerOfAReplicaLetsInAllWhoWaitForIt() throws Exception {
        AtomicLong stoodStillAt = new AtomicLong();
        Orchestrator acts = withReady(
                1, builder -> builder.ticker(() -> stoodStillAt.get() == 0 ? System.nanoTime() : stoodStillAt.get()));
        stoodStillAt.set(System.nanoTime()); // so that no rest ends by itself
        Lease answered = acts.lease();
        Lease refused = acts.lease();
        refused.failed(new ConnectException("refused"));
        CompletableFuture<Lease> back = refused.anotherAsync(PATIENCE).toCompletableFuture();
        List<CompletableFuture<Lease>> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            others.add(acts.leaseAsync(PATIENCE).toCompletableFuture());
        }

        answered.close();

        back.get(20, TimeUnit.SECONDS).close();
        for (CompletableFuture<Lease> each : others) {
            each.get(20, TimeUnit.SECONDS).close();
        }
        assertThat(ledger(acts)).containsExactly(12L, 12L, 0L, 0L, 0L, 0L);
    }
}
