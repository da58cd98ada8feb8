package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutResult;
import io.symphony.rollout.RollOutResult.Outcome;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.RotationListener.Member;
import io.symphony.testing.FakeRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of the replicas. */
class OrchestratorTest extends OrchestratorScene {

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
    void aFixedPoolIsBalancedAndNeverScaled() throws Exception {
        List<Endpoint> endpoints = List.of(Endpoint.local(7_001), Endpoint.local(7_002), Endpoint.local(7_003));
        Orchestrator pool =
                begin(Orchestrator.of(ServiceSpec.backends("pool", endpoints)).probe(probe));
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
    void whoOrdersARollOutIsToldWhatBecameOfIt() throws Exception {
        Orchestrator acts = withReady(
                1, builder -> builder.rollingOut(RollOutPolicy.standard().withWatch(Duration.ZERO)));

        RollOutResult result = acts.rollOutAsync(acts.spec().withEnv("VERSION", "2"))
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.DONE);
        assertThatThrownBy(() -> acts.rollOutAsync(ServiceSpec.image("acts", "acts:2")))
                .hasMessage("source: acts:2 (expected: a command, as before)");
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
}
