package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.routing.Candidates;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.Change;
import io.symphony.scaling.Sample;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.ScalingView;
import io.symphony.scaling.Target;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ControlLoopTest {

    private final Dispatcher<Slot> dispatcher = new Dispatcher<>((slot, mark) -> slot);
    private final List<Action> actions = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private long now;

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
    void aPolicySeesWhatIsMeasuredAndWhatWasDecidedBefore() {
        List<ScalingView> views = new ArrayList<>();
        ScalingPolicy watching = view -> {
            views.add(view);
            return new Target(views.size() < 30 ? 2 : 1, "wanted");
        };
        Meters meters = new Meters(
                () -> 100 * views.size(), () -> 7, () -> 3, () -> Map.of("queue", 40.0), () -> Instant.EPOCH);
        ControlLoop loop =
                new ControlLoop(Story.SPEC, rules(1, watching), dispatcher, meters, actions::add, notes::add, now);
        bringUp(loop, 2);
        while (views.size() < 60) {
            tick(loop);
        }

        ScalingView last = views.get(59);
        assertThat(last.sample())
                .isEqualTo(new Sample(
                        Duration.ofNanos(Story.TICK.toNanos() * 60),
                        Instant.EPOCH,
                        5_900,
                        7,
                        0,
                        3,
                        Map.of("queue", 40.0)));
        assertThat(last.past().highestTargetSince(Duration.ofSeconds(2))).hasValue(2);
        assertThat(last.past().highestTargetSince(Duration.ofSeconds(4))).hasValue(1);
        assertThat(last.past().readyAt(Duration.ofSeconds(2))).hasValue(2);
        assertThat(last.load().waitingBetween(Duration.ZERO, last.elapsed())).isPositive();
        assertThat(last.staff().timeToReady()).isPresent();
    }

    @Test
    void eachChangeOfTheTargetIsRememberedWithItsReason() {
        AtomicLong wanted = new AtomicLong(1);
        ControlLoop loop = loop(rules(1, view -> new Target(wanted.intValue(), wanted + " requests")));
        bringUp(loop, 1);
        assertThat(loop.changes()).isEmpty();

        wanted.set(12);
        tick(loop);
        tick(loop);
        wanted.set(3);
        tick(loop);

        assertThat(loop.changes())
                .containsExactly(
                        new Change(Instant.EPOCH, 1, 10, "12 requests; limited from 12 by max 10"),
                        new Change(Instant.EPOCH, 10, 3, "3 requests"));
        assertThat(loop.changes().get(1)).hasToString("1970-01-01T00:00:00Z 10 -> 3: 3 requests");
        for (int tick = 0; tick < 1_000; tick++) {
            tick(loop, new Fact.ScaleOrdered(OptionalInt.of(tick % 2 + 1)));
        }
        assertThat(loop.changes()).as("not without bound").hasSize(500);
    }

    @Test
    void factsAreNotLostWhenTheTrafficCannotBeCounted() {
        AtomicBoolean broken = new AtomicBoolean();
        TrafficSource source = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no connection");
            }
            return 1_000_000;
        };
        ControlLoop loop = loop(rules(1, ScalingPolicy.requestsPerSecond(1, Duration.ofSeconds(10))), source);
        bringUp(loop, 10);
        assertThat(loop.state().target().replicas()).isEqualTo(10);

        broken.set(true);
        now += Duration.ofMinutes(1).toNanos();
        tick(loop, new Fact.Vanished(Story.id(1), "killed"));
        tick(loop);

        assertThat(actions).as("healing goes on").contains(new Action.Start(Story.id(11), Story.SPEC));
        assertThat(loop.state().target().replicas())
                .as("what is not known is not zero")
                .isEqualTo(10);
        assertThat(notes)
                .filteredOn(each -> each.kind() == Kind.TROUBLE)
                .extracting(Note::text)
                .containsExactly("kept, because the scaling policy failed: java.lang.IllegalStateException: "
                        + "the traffic source failed: java.lang.IllegalStateException: no connection");

        broken.set(false);
        tick(loop);
        tick(loop);
        assertThat(loop.state().target().replicas()).isEqualTo(1);
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

    @Test
    void leasesThatAreOpenForTooLongAreReported() {
        ControlLoop loop = loop(rules(1, ScalingPolicy.fixed(1)));
        bringUp(loop, 1);
        Slot one = loop.slot(Story.id(1));
        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        long forgotten = one.enter();
        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        assertThat(overdue()).as("it may have come a second ago").isEmpty();

        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        assertThat(overdue())
                .containsExactly(
                        "1 lease has been open for more than 300.0 s. " + "A long stream, or was close() forgotten?");

        one.leave(forgotten);
        now += Duration.ofMinutes(5).toNanos();
        tick(loop);
        assertThat(overdue()).hasSize(1);
    }

    @Test
    void countsTheRequestsOfTheLastSecond() {
        ControlLoop loop = loop(rules(1, ScalingPolicy.fixed(1)));
        for (int i = 0; i < 50; i++) {
            dispatcher.ticket();
            tick(loop);
        }

        assertThat(loop.requestsLastSecond())
                .as("ten ticks a second, one request each")
                .isEqualTo(10);
    }

    private List<String> overdue() {
        return notes.stream()
                .filter(each -> each.kind() == Kind.TROUBLE)
                .map(Note::text)
                .toList();
    }

    private void bringUp(ControlLoop loop, int replicas) {
        tick(loop);
        tick(loop, new Fact.Surveyed(List.of(), now));
        for (int number = 1; number <= replicas; number++) {
            tick(loop, Story.started(number));
            tick(loop, Story.probed(number, ProbeResult.well()));
        }
        assertThat(loop.state().fleet().count(Phase.READY)).isEqualTo(replicas);
    }

    private void tick(ControlLoop loop, Fact... facts) {
        now += Story.TICK.toNanos();
        loop.tick(List.of(facts), now);
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

    private ControlLoop loop(Rules rules) {
        return loop(rules, dispatcher::accepted);
    }

    private ControlLoop loop(Rules rules, TrafficSource source) {
        return new ControlLoop(Story.SPEC, rules, dispatcher, Story.meters(source), actions::add, notes::add, now);
    }

    private static Rules rules(int min, ScalingPolicy scaling) {
        return Story.rules(min, 10, scaling, new Restraint(Duration.ofMinutes(5), 10_000));
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
