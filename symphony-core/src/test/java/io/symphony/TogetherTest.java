package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.Colleagues;
import io.symphony.spi.Ticker;
import io.symphony.testing.MemoryEnsemble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Two orchestrators of one service, on real threads. */
class TogetherTest extends OrchestratorScene {

    /** On which a leader may stand still for sixteen seconds before it is one no more. */
    private static final Ticker SLOW = () -> System.nanoTime() / 8;

    private final MemoryEnsemble.Store store = new MemoryEnsemble.Store();
    private final List<Orchestrator> both = new CopyOnWriteArrayList<>();
    private final MemoryEnsemble way = new MemoryEnsemble("one", store);

    @Test
    void oneDecidesBothServeAndWhoLeavesIsHeldUntilBothHaveLetGo() throws Exception {
        Orchestrator leader = join(way, SLOW);
        assertThat(leader.awaitReady(2, PATIENCE)).isTrue();
        Orchestrator follower = join(new MemoryEnsemble("two", store), SLOW);
        assertThat(follower.awaitReady(2, PATIENCE)).isTrue();
        assertThat(runtime.running()).hasSize(2);
        assertThat(part(leader).leads()).isTrue();
        assertThat(part(follower).leads()).isFalse();
        assertThatThrownBy(() -> follower.scaleTo(3)).hasMessageContaining("one leads (term 1)");

        leader.scaleTo(3);
        assertThat(follower.awaitReady(3, PATIENCE)).isTrue();
        List<Lease> inside = List.of(follower.lease(), follower.lease(), follower.lease());
        leader.scaleTo(2);

        await().until(() -> part(follower).held().size() == 1);
        assertThat(runtime.stopped()).as("a request of the follower is inside").isEmpty();
        inside.forEach(Lease::close);
        await().until(() -> runtime.stopped().size() == 1);
        await().until(() -> follower.status().replicas().size() == 2);
        assertThat(ledger(follower)).isEqualTo(List.of(3L, 3L, 0L, 0L, 0L, 0L));
    }

    @Test
    void whoIsCutOffServesOnAndIsSucceededByWhoGoesOnFromWhatRuns() throws Exception {
        Orchestrator former = join(way, Ticker.system());
        assertThat(former.awaitReady(2, PATIENCE)).isTrue();
        Orchestrator next = join(new MemoryEnsemble("two", store), Ticker.system());
        assertThat(next.awaitReady(2, PATIENCE)).isTrue();
        List<ReplicaId> before = runtime.running();

        way.cutOff();
        await().until(() -> part(next).leads());

        assertThat(part(former).leads()).isFalse();
        assertThat(former.status().count(Phase.READY))
                .as("it balances over what it knows")
                .isEqualTo(2);
        assertThat(runtime.running()).isEqualTo(before);
        runtime.die(before.get(0), "exit code 1");
        await().until(() -> runtime.running().size() == 2 && next.status().count(Phase.READY) == 2);
        way.reconnect();
        await().until(() -> part(former).term() >= 2);
    }

    @Test
    void whoClosesMakesRoomAtOnceAndItsReplicasRunOn() throws Exception {
        Orchestrator former = join(way, SLOW);
        assertThat(former.awaitReady(2, PATIENCE)).isTrue();
        former.close();

        Orchestrator next = join(new MemoryEnsemble("two", store), SLOW);

        assertThat(next.awaitReady(2, PATIENCE)).isTrue();
        assertThat(part(next).term()).isEqualTo(2);
        assertThat(runtime.stopped()).isEmpty();
    }

    @Test
    void aFixedPoolHasNothingToDecide() {
        OrchestratorBuilder pool = Orchestrator.of(ServiceSpec.backends("pool", List.of(Endpoint.local(1))))
                .together(way, new All(both));

        assertThatThrownBy(pool::start).hasMessageStartingWith("together: with a fixed pool (expected: a runtime");
    }

    private Orchestrator join(MemoryEnsemble ensemble, Ticker ticker) {
        Orchestrator orchestrator = start(builder -> builder.between(2, 8)
                .ticker(ticker)
                .surveyEvery(Duration.ofMillis(100))
                .together(ensemble, new All(both)));
        both.add(orchestrator);
        return orchestrator;
    }

    private static Participation part(Orchestrator orchestrator) {
        return orchestrator.participation().orElseThrow();
    }

    /** All of them, asked in memory. */
    private record All(List<Orchestrator> orchestrators) implements Colleagues {

        @Override
        public Counts counts() {
            return orchestrators.stream().map(each -> part(each).counts()).reduce(new Counts(0, 0, 0, 0), All::sum);
        }

        private static Counts sum(Counts one, Counts other) {
            return new Counts(
                    one.begun() + other.begun(),
                    one.ended() + other.ended(),
                    one.inside() + other.inside(),
                    one.waiting() + other.waiting());
        }

        @Override
        public boolean holds(ReplicaId id, long mandate) {
            return orchestrators.stream().map(TogetherTest::part).anyMatch(part -> isHolding(part, id, mandate));
        }

        private static boolean isHolding(Participation part, ReplicaId id, long mandate) {
            Map<ReplicaId, Integer> held = part.held();
            return part.mandate() < mandate || held.containsKey(id);
        }
    }
}
