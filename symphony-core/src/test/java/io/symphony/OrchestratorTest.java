package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.FailureReason;
import io.symphony.health.HealthPolicy;
import io.symphony.routing.RoutingPolicy;
import io.symphony.routing.ShedReason;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.RotationListener.Member;
import io.symphony.testing.FakeProbe;
import io.symphony.testing.FakeRuntime;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrchestratorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ServiceSpec SPEC = ServiceSpec.command("acts", "acts");

    private final FakeRuntime runtime = new FakeRuntime();
    private final FakeProbe probe = new FakeProbe();
    private final List<Orchestrator> started = new ArrayList<>();

    @AfterEach
    void close() {
        runtime.releaseStarts();
        started.forEach(Orchestrator::close);
    }

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
    void followsAGaugeAndRemembersEachChange() throws Exception {
        AtomicInteger queue = new AtomicInteger(250);
        Orchestrator acts = start(builder -> builder.between(1, 5)
                .gauge("queue", () -> OptionalDouble.of(queue.get()))
                .scaling(ScalingPolicy.sharing("queue", 100)));

        assertThat(acts.awaitReady(3, PATIENCE)).isTrue();
        queue.set(50);
        await().until(() -> acts.status().target() == 1);

        assertThat(acts.changes())
                .extracting(change -> change.from() + " -> " + change.to() + ": " + change.reason())
                .containsExactly("1 -> 3: queue is 250.0 at 100 a replica", "3 -> 1: queue is 50.0 at 100 a replica");
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
    void aLeaseEndsInOneWayAndIsCountedOnce() throws Exception {
        Orchestrator acts = withReady(1);

        acts.lease().close();
        try (Lease lease = acts.lease()) {
            lease.failed(new IllegalStateException("reset by peer"));
        }
        try (Lease lease = acts.lease()) {
            lease.abandoned();
        }
        Lease open = acts.lease();

        assertThat(ledger(acts)).containsExactly(4L, 1L, 1L, 0L, 1L, 1L);
        Status.ReplicaStatus replica = acts.status().replicas().get(0);
        assertThat(replica.failures()).isEqualTo(1);
        assertThat(replica.inFlight()).isEqualTo(1);
        open.close();
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
    void everyEndHasItsReason() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.mostWaiting(1));
        fail(acts, new ConnectException("Connection refused"));
        fail(acts, new EOFException("closed"));
        fail(acts, new IllegalStateException(new SocketTimeoutException("no answer")));
        try (Lease lease = acts.lease()) {
            lease.refused();
        }
        try (Lease lease = acts.lease()) {
            lease.lost(FailureReason.RESET);
        }
        assertThat(acts.status().replicas().get(0).failures())
                .as("a lost one does not count against it")
                .isEqualTo(3);
        acts.close();
        assertThatThrownBy(acts::lease).isInstanceOf(NoReplicaAvailableException.class);
        assertThatThrownBy(() -> acts.lease(PATIENCE)).isInstanceOf(NoReplicaAvailableException.class);

        Status.Requests requests = acts.status().requests();
        assertThat(requests.failedBy())
                .containsEntry(FailureReason.CONNECT, 1L)
                .containsEntry(FailureReason.RESET, 2L)
                .containsEntry(FailureReason.TIMEOUT, 1L);
        assertThat(requests.shedBy()).containsEntry(ShedReason.REFUSED, 1L).containsEntry(ShedReason.CLOSED, 2L);
        assertThat(ledger(acts)).containsExactly(7L, 0L, 0L, 3L, 4L, 0L);
    }

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

    private static void fail(Orchestrator orchestrator, Throwable cause) {
        try (Lease lease = orchestrator.lease()) {
            lease.failed(cause);
        }
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

    @Test
    void aRuleOfChoiceThatThrowsFailsTheRequestAndIsCounted() throws Exception {
        Orchestrator acts = withReady(
                1,
                builder -> builder.balancing((candidates, ticket) -> {
                    throw new IllegalStateException("bad rule");
                }));

        assertThatThrownBy(acts::lease).hasMessage("bad rule");
        assertThatThrownBy(() -> acts.leaseFor(1)).hasMessage("bad rule");
        assertThatThrownBy(() -> acts.lease(PATIENCE)).hasMessage("bad rule");
        assertThatThrownBy(() -> acts.leaseAsyncFor(1, PATIENCE)).hasMessage("bad rule");

        assertThat(ledger(acts)).containsExactly(4L, 0L, 0L, 0L, 4L, 0L);
    }

    @Test
    void aReplicaThatDiesIsReplaced() throws Exception {
        Orchestrator acts = withReady(2);

        runtime.die(id(1), "exit code 137");

        await().until(() ->
                acts.status().count(Phase.READY) == 2 && runtime.running().equals(List.of(id(2), id(3))));
        assertThat(acts.events()).extracting(Event::toString).contains("acts-1: ended by itself: exit code 137");
    }

    @Test
    void aReplicaThatFailsItsChecksIsReplacedWhileTheOthersServe() throws Exception {
        Orchestrator acts = withReady(2);
        probe.finds(FakeRuntime.endpointOf(id(1)), ProbeResult.silent("connection refused"));

        await().until(() ->
                runtime.stopped().equals(List.of(id(1))) && acts.status().ready() == 2);

        assertThat(acts.status().requests().shed()).isZero();
        try (Lease lease = acts.lease()) {
            assertThat(lease.replica()).isNotEqualTo(id(1));
        }
    }

    @Test
    void scalesByHandWithinTheRangeAndBack() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.between(1, 4));
        acts.scaleTo(4);
        await().until(() -> acts.status().ready() == 4);
        assertThat(acts.status().reason()).isEqualTo("ordered by hand");

        acts.scaleAutomatically();
        await().until(() -> runtime.running().size() == 1);

        assertThatThrownBy(() -> acts.scaleTo(5)).hasMessage("replicas: 5 (expected: 1 to 4)");
        assertThatThrownBy(() -> acts.scaleTo(0)).hasMessage("replicas: 0 (expected: 1 to 4)");
    }

    @Test
    void aReplicaThatLeavesIsStoppedOnceEveryListenerToTheRotationHasLetGoOfIt() throws Exception {
        List<List<ReplicaId>> rotations = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> letGo = new CompletableFuture<>();
        Orchestrator acts = withReady(
                2,
                builder -> builder.rotationListener(members -> {
                    rotations.add(members.stream().map(Member::id).toList());
                    return letGo;
                }));
        await().until(() -> rotations.contains(List.of(id(1), id(2))));

        acts.drain(id(1));
        await().until(() -> rotations.contains(List.of(id(2), id(3))));
        assertThat(acts.status().count(Phase.DRAINING)).isEqualTo(1);
        assertThat(runtime.stopped()).isEmpty();

        letGo.complete(null);
        await().until(() -> runtime.stopped().equals(List.of(id(1))));
    }

    @Test
    void aListenerThatNeverLetsGoHoldsAReplicaForTheDrainAtMost() throws Exception {
        Orchestrator acts = withReady(
                1,
                builder -> builder.drain(Duration.ofMillis(300))
                        .rotationListener(members -> new CompletableFuture<Void>()));

        acts.drain(id(1));

        await().until(() -> runtime.stopped().equals(List.of(id(1))));
    }

    @Test
    void drainsAReplicaByHandOnceItsRequestsHaveEnded() throws Exception {
        Orchestrator acts = withReady(2);
        Lease lease = acts.lease();
        acts.drain(lease.replica());
        await().until(() ->
                acts.status().count(Phase.DRAINING) == 1 && acts.status().ready() == 2);
        assertThat(runtime.stopped()).isEmpty();

        lease.close();

        await().until(() -> runtime.stopped().equals(List.of(lease.replica())));
    }

    @Test
    void closingEndsTheReplicasOnceTheirRequestsHaveEnded() throws Exception {
        Orchestrator acts = withReady(2);
        Lease lease = acts.lease();
        Thread closing = new Thread(acts::close);
        closing.start();
        await().until(() -> runtime.running().equals(List.of(lease.replica())));

        lease.close();
        closing.join(20_000);

        assertThat(closing.isAlive()).isFalse();
        assertThat(runtime.running()).isEmpty();
        assertThat(runtime.isClosed())
                .as("one that was handed over stays its owner's")
                .isFalse();
        assertThatThrownBy(acts::lease)
                .hasMessage("acts: closed (ready=0, warming=0, starting=0, draining=0, target=0)");
        assertThatThrownBy(() -> acts.lease(PATIENCE)).hasMessageEndingWith("; closed");
        acts.close();
    }

    @Test
    void closingLeavesTheReplicasWhereThatIsWanted() throws Exception {
        Orchestrator acts = withReady(2, builder -> builder.onExit(OnExit.LEAVE));

        acts.close();

        assertThat(runtime.running()).containsExactly(id(1), id(2));
        assertThatThrownBy(acts::lease).hasMessageStartingWith("acts: closed (");
        Orchestrator next = withReady(2);
        assertThat(next.events()).extracting(Event::kind).contains(Kind.ADOPTED).doesNotContain(Kind.STARTING);
    }

    @Test
    void whatBecomesOfTheReplicasCanBeDecidedWhenItIsClosed() throws Exception {
        withReady(2, builder -> builder.onExit(OnExit.STOP)).close(OnExit.LEAVE);
        assertThat(runtime.running()).containsExactly(id(1), id(2));

        withReady(2, builder -> builder.onExit(OnExit.LEAVE)).close(OnExit.STOP);
        assertThat(runtime.running()).isEmpty();
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
    void aFixedPoolIsBalancedAndNeverScaled() throws Exception {
        List<Endpoint> endpoints = List.of(Endpoint.local(7_001), Endpoint.local(7_002), Endpoint.local(7_003));
        Orchestrator pool = Orchestrator.of(ServiceSpec.backends("pool", endpoints))
                .probe(probe)
                .start();
        started.add(pool);
        assertThat(pool.awaitReady(3, PATIENCE)).isTrue();

        List<Endpoint> used = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            try (Lease lease = pool.lease()) {
                used.add(lease.endpoint());
            }
        }
        assertThat(used.subList(0, 3)).containsExactlyInAnyOrderElementsOf(endpoints);
        assertThat(used.subList(3, 6)).isEqualTo(used.subList(0, 3));
        assertThatThrownBy(() -> pool.scaleTo(2)).hasMessage("pool: a fixed pool is not scaled, somebody else runs it");
        assertThatThrownBy(() -> pool.drain(new ReplicaId("pool", 1)))
                .hasMessage("pool: a fixed pool is not drained, somebody else runs it");
    }

    @Test
    void refusesWhatMakesNoSenseBeforeAnythingIsStarted() {
        assertThatThrownBy(() -> start(builder -> builder.between(-1, 1))).hasMessage("min: -1 (expected: >= 0)");
        assertThatThrownBy(() -> start(builder -> builder.between(0, 0))).hasMessage("max: 0 (expected: >= 1)");
        assertThatThrownBy(() -> start(builder -> builder.between(3, 2)))
                .hasMessage("max: 2 (expected: >= min, which is 3)");
        assertThatThrownBy(() -> start(builder -> builder.mostWaiting(-1)))
                .hasMessage("mostWaiting: -1 (expected: >= 0)");
        assertThatThrownBy(() -> start(builder -> builder.drain(Duration.ofSeconds(-1))))
                .hasMessage("drain: PT-1S (expected: >= 0)");
        assertThatThrownBy(() -> start(builder -> builder.drain(Duration.ofDays(366))))
                .hasMessage("drain: PT8784H (expected: <= 365 days)");
        assertThatThrownBy(() -> start(builder -> builder.surveyEvery(Duration.ZERO)))
                .hasMessage("surveyEvery: PT0S (expected: >= 100 ms)");
        assertThatThrownBy(() -> start(builder -> builder.callTimeout(Duration.ZERO)))
                .hasMessage("callTimeout: PT0S (expected: 100 ms to 1 day)");
        assertThatThrownBy(() ->
                        Orchestrator.of(ServiceSpec.image("acts", "acts:1")).start())
                .hasMessage("runtime: none (expected: one that runs images, such as symphony-docker's)");
    }

    @Test
    void everyRequestIsAccountedForAtEveryMomentOfAStorm() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.between(1, 5).mostWaiting(10));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicBoolean over = new AtomicBoolean();
        LongAdder asked = new LongAdder();
        LongAdder refused = new LongAdder();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(threads.submit(() -> {
                while (!over.get()) {
                    asked.increment();
                    refused.add(visit(acts) ? 0 : 1);
                }
                return null;
            }));
        }

        for (int round = 0; round < 12; round++) {
            acts.scaleTo(1 + round % 5);
            if (round % 4 == 3) {
                List<ReplicaId> running = runtime.running();
                running.forEach(victim -> runtime.die(victim, "killed"));
            }
            long floor = asked.sum();
            await().until(() -> asked.sum() > floor + 2_000);
            Status.Requests now = acts.status().requests();
            assertThat(now.accepted())
                    .isEqualTo(now.completed() + now.abandoned() + now.shed() + now.failed() + now.open());
            assertThat(now.open()).as("no end without its beginning").isNotNegative();
        }
        over.set(true);
        for (Future<?> each : clients) {
            each.get(20, TimeUnit.SECONDS);
        }
        threads.shutdown();

        Status status = acts.status();
        assertThat(status.requests().accepted()).isEqualTo(asked.sum());
        assertThat(status.requests().shed()).isEqualTo(refused.sum());
        assertThat(status.requests().open()).isZero();
        assertThat(status.waiting()).isZero();
        assertThat(status.replicas()).allMatch(each -> each.inFlight() == 0);
    }

    /** One request, one way or another; false if it was sent away. */
    private static boolean visit(Orchestrator acts) throws InterruptedException {
        int way = ThreadLocalRandom.current().nextInt(10);
        try {
            Lease lease = way < 5 ? acts.lease() : acts.lease(Duration.ofMillis(way));
            if (way == 1) {
                lease.abandoned();
            } else if (way <= 3) {
                lease.failed(new IllegalStateException("refused"));
            }
            Lease last = way == 3 ? lease.another().orElse(lease) : lease;
            last.close();
            return true;
        } catch (NoReplicaAvailableException e) {
            return false;
        }
    }

    private Orchestrator withReady(int replicas) throws InterruptedException {
        return withReady(replicas, builder -> builder.between(replicas, 10));
    }

    private Orchestrator withReady(int replicas, UnaryOperator<OrchestratorBuilder> more) throws InterruptedException {
        Orchestrator orchestrator = start(builder -> more.apply(builder.between(replicas, 10)));
        assertThat(orchestrator.awaitReady(replicas, PATIENCE)).isTrue();
        return orchestrator;
    }

    private Orchestrator start(UnaryOperator<OrchestratorBuilder> more) {
        OrchestratorBuilder builder = Orchestrator.of(SPEC)
                .runtime(runtime)
                .probe(probe)
                .scaling(ScalingPolicy.fixed(1))
                .health(HealthPolicy.every(Duration.ofMillis(50)));
        Orchestrator orchestrator = more.apply(builder).start();
        started.add(orchestrator);
        return orchestrator;
    }

    /** Accepted, completed, abandoned, shed, failed, open. */
    private static List<Long> ledger(Orchestrator orchestrator) {
        Status.Requests now = orchestrator.status().requests();
        assertThat(now.unaccounted()).isZero();
        return List.of(now.accepted(), now.completed(), now.abandoned(), now.shed(), now.failed(), now.open());
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    private static ReplicaId id(long number) {
        return new ReplicaId("acts", number);
    }
}
