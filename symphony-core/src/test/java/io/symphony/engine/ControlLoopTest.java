package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.routing.Candidates;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.Target;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What requests find, tick by tick: who may be chosen, and whose gate is shut. */
class ControlLoopTest extends LoopScene {

    @Test
    void aSlotIsShutOnlyAfterARotationWithoutItStands() {
        ControlLoop loop = loop(rules(2, ScalingPolicy.fixed(2)));
        bringUp(loop, 2);
        Slot one = loop.slot(Story.id(1));
        List<Boolean> found = new ArrayList<>();
        loop.onPublish(() -> found.add(dispatcher.inTurn(0) == one || dispatcher.inTurn(1) == one));

        tick(loop, new Fact.DrainOrdered(Story.id(1)));

        assertThat(found).containsExactly(false);
        assertThat(one.isShut()).isTrue();
    }

    @Test
    void aReplicaIsSaidToBeReadyOnlyOnceTheRotationLeadsToIt() {
        AtomicReference<ControlLoop> loop = new AtomicReference<>();
        List<Integer> saidReady = new ArrayList<>();
        RoutingPolicy watching = new RoutingPolicy() {
            @Override
            public RoutingPolicy over(Candidates candidates) { // asked while the new rotation is made
                saidReady.add(loop.get().state().fleet().count(Phase.READY));
                return this;
            }

            @Override
            public int choose(Candidates candidates, long ticket) {
                return 0;
            }
        };
        loop.set(loop(routedBy(watching, rules(2, ScalingPolicy.fixed(2)))));
        bringUp(loop.get(), 2);

        assertThat(saidReady).containsExactly(0, 1);
        assertThat(loop.get().state().fleet().count(Phase.READY)).isEqualTo(2);
    }

    @Test
    void aReplicaIsStoppedWhenTheLastOneHasLeft() {
        ControlLoop loop = loop(rules(1, ScalingPolicy.fixed(1)));
        bringUp(loop, 1);
        Slot one = loop.slot(Story.id(1));
        long mark = one.enter();

        tick(loop, new Fact.DrainOrdered(Story.id(1)));
        for (int i = 0; i < 20; i++) {
            tick(loop);
        }
        assertThat(actions).noneMatch(Action.Stop.class::isInstance);

        one.leave(mark);
        tick(loop);
        assertThat(actions).contains(new Action.Stop(Story.id(1), Duration.ofSeconds(10), false));
    }

    @Test
    void whoIsTakenBackWhileItDrainsIsEnteredAgain() {
        AtomicInteger wanted = new AtomicInteger(2);
        ControlLoop loop = loop(rules(1, view -> new Target(wanted.get(), "wanted")));
        bringUp(loop, 2);
        Slot two = loop.slot(Story.id(2));
        loop.slot(Story.id(1)).enter();
        loop.slot(Story.id(1)).enter();
        long mark = two.enter();
        wanted.set(1);
        tick(loop);
        assertThat(two.isShut()).isTrue();

        wanted.set(2);
        tick(loop);
        two.leave(mark);
        tick(loop);

        assertThat(two.isShut()).isFalse();
        assertThat(List.of(dispatcher.inTurn(0), dispatcher.inTurn(1))).contains(two);
        assertThat(loop.state().fleet().count(Phase.READY)).isEqualTo(2);
        assertThat(actions.stream().filter(Action.Start.class::isInstance)).hasSize(2);
    }

    @Test
    void whoFailsItsChecksButAnswersServesWhileNobodyElseDoes() {
        ControlLoop loop = loop(rules(1, ScalingPolicy.fixed(1)));
        bringUp(loop, 1);
        for (int i = 0; i < 3; i++) {
            now += Duration.ofMillis(900).toNanos();
            tick(loop);
            tick(loop, Story.probed(1, ProbeResult.unwell("status 500")));
        }
        assertThat(loop.state().fleet().count(Phase.SUSPECT)).isEqualTo(1);
        assertThat(dispatcher.serves()).as("better a doubtful one than none").isTrue();

        tick(loop, Story.started(2));
        tick(loop, Story.probed(2, ProbeResult.well()));
        assertThat(dispatcher.inTurn(0).id()).isEqualTo(Story.id(2));
        assertThat(dispatcher.inTurn(1).id()).isEqualTo(Story.id(2));
    }

    @Test
    void nothingThatWasDecidedIsLostWhenARotationCannotBeMade() {
        AtomicInteger membersItTakes = new AtomicInteger(10);
        RoutingPolicy choosy = new RoutingPolicy() {
            @Override
            public int choose(Candidates candidates, long ticket) {
                return 0;
            }

            @Override
            public RoutingPolicy over(Candidates members) {
                if (members.size() > membersItTakes.get()) {
                    throw new IllegalStateException("too many");
                }
                return this;
            }
        };
        ControlLoop loop = loop(routedBy(choosy, rules(2, ScalingPolicy.fixed(2))));
        bringUp(loop, 2);
        membersItTakes.set(0);
        actions.clear();

        failingTick(loop, new Fact.Vanished(Story.id(2), "killed"));
        assertThat(actions).as("ordered all the same").contains(new Action.Start(Story.id(3), Story.SPEC));
        failingTick(loop);

        membersItTakes.set(10);
        tick(loop);
        assertThat(dispatcher.inTurn(0).id()).isEqualTo(Story.id(1));
        assertThat(dispatcher.inTurn(1).id()).isEqualTo(Story.id(1));
    }

    private void failingTick(ControlLoop loop, Fact... facts) {
        try {
            tick(loop, facts);
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("too many");
            return;
        }
        throw new AssertionError("the tick went well");
    }

    private static Rules routedBy(RoutingPolicy routing, Rules given) {
        return new Rules(
                given.min(),
                given.max(),
                given.scaling(),
                given.restraint(),
                given.health(),
                given.drain(),
                given.grace(),
                given.surveyEvery(),
                routing,
                given.overdue(),
                given.rollOut(),
                given.fixedPool());
    }
}
