package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.ScalingView;
import io.symphony.scaling.Target;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the planner brings the number of replicas to where it should be. */
class ScalingStoriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What the policy wants; a test changes its mind. */
    private final AtomicInteger wanted = new AtomicInteger(1);

    private final List<ScalingView> views = new ArrayList<>();

    @Test
    void nothingStartsBeforeItIsKnownWhatRunsAlready() {
        Story story = new Story(rules(1, 10));

        story.tick();
        assertThat(story.ordered()).containsExactly(new Action.Survey());
        story.tick().tick();
        assertThat(story.starts()).isEmpty();

        story.tick(new Fact.Surveyed(List.of(), story.now()));
        assertThat(story.starts()).containsExactly(1L);
        assertThat(story.said(Kind.STARTING)).containsExactly("acts-1: started, because 0 of 1 are there");
    }

    @Test
    void whatRunsAlreadyIsTakenOverAndNumbersGoOn() {
        wanted.set(3);
        Story story = new Story(rules(1, 10));
        story.runningAlready.add(Story.sighting(4, Story.SPEC.version()));
        story.runningAlready.add(Story.sighting(7, "older"));

        story.run(Duration.ofMillis(200));

        assertThat(story.phase(4)).as("it has to show that it is well").isEqualTo(Phase.WARMING);
        assertThat(story.starts()).containsExactly(8L);
        assertThat(story.said(Kind.ADOPTED))
                .containsExactly(
                        "acts-4: taken over at 127.0.0.1:20004",
                        "acts-7: taken over at 127.0.0.1:20007, made from another version of the service");
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(3);
    }

    @Test
    void oneThatIsFoundLaterAndBelongsToNobodyIsStopped() {
        Story story = Story.withReady(1, rules(1, 10));
        story.runningAlready.add(Story.sighting(9, Story.SPEC.version()));

        story.run(Duration.ofSeconds(6));

        assertThat(story.stops()).containsExactly(9L);
        assertThat(story.said(Kind.STOPPING)).containsExactly("acts-9: runs but belongs to nobody, so it is stopped");
        wanted.set(2);
        story.run(SECOND);
        assertThat(story.starts()).as("its number is not given again").containsExactly(1L, 10L);
    }

    @Test
    void oneThatStillFinishesIsTakenBackAtNoCostWhenLoadReturns() {
        wanted.set(3);
        Story story = Story.withReady(3, rules(1, 10));
        story.inside.putAll(Map.of(1L, 5, 2L, 1, 3L, 2));
        wanted.set(1);
        story.tick();
        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.phase(3)).isEqualTo(Phase.DRAINING);

        wanted.set(2);
        story.run(SECOND);

        assertThat(story.count(Phase.READY)).isEqualTo(2);
        assertThat(story.starts()).as("nothing had to start").containsExactly(1L, 2L, 3L);
        assertThat(story.said(Kind.READY))
                .contains("acts-2: taken back with 1 request inside, 0.1 s after its gate was shut");
        wanted.set(4);
        story.tick();
        assertThat(story.phase(3)).isEqualTo(Phase.READY);
        assertThat(story.starts()).as("one is still missing").containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void oneThatWasDrainedByHandIsNotTakenBack() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.inside.putAll(Map.of(1L, 5, 2L, 1));
        wanted.set(1);
        story.tick();
        story.tick(new Fact.DrainOrdered(Story.id(2)));

        wanted.set(2);
        story.tick();

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneThatFailsItsChecksWhileItLeavesIsNotTakenBack() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.inside.putAll(Map.of(1L, 5, 2L, 1));
        story.health.put(2L, ProbeResult.unwell("503"));
        wanted.set(1);
        story.run(Duration.ofSeconds(3));

        wanted.set(2);
        story.tick();

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aListThatWasAskedForBeforeOneWentDoesNotBringItBack() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        long asked = story.now();
        wanted.set(1);
        story.tick().tick(new Fact.Drained(Story.id(2))).tick(new Fact.Stopped(Story.id(2), ""));

        story.tick(new Fact.Surveyed(
                List.of(Story.sighting(1, Story.SPEC.version()), Story.sighting(2, Story.SPEC.version())), asked));

        assertThat(story.knows(2)).isFalse();
        assertThat(story.stops()).containsExactly(2L);
    }

    @Test
    void oneThatIsNotAmongWhatRunsIsDeadEvenIfNobodyToldOfIt() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.run(SECOND);

        story.tick(new Fact.Surveyed(List.of(Story.sighting(1, Story.SPEC.version())), story.now()));

        assertThat(story.said(Kind.DIED)).containsExactly("acts-2: ended by itself: it is not among what runs");
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneThatCameUpAfterTheListWasAskedForIsNotMissedInIt() {
        Story story = new Story(rules(1, 10));
        story.run(Duration.ofMillis(300)); // the start of the first one has just been confirmed

        story.tick(new Fact.Surveyed(List.of(), story.now() - SECOND.toNanos()));

        assertThat(story.said(Kind.DIED)).isEmpty();
        assertThat(story.said(Kind.START_FAILED)).isEmpty();
    }

    @Test
    void oneThatMovedHasToShowItselfWellAtItsNewAddress() {
        Story story = Story.withReady(1, rules(1, 10));
        story.run(SECOND);
        Sighting moved = new Sighting(Story.id(1), Endpoint.local(30_000), Story.SPEC.version());
        story.probesAnswer = false;

        // A check of the old address comes back in the same moment.
        story.tick(new Fact.Surveyed(List.of(moved), story.now()), Story.probed(1, ProbeResult.well()));

        assertThat(story.phase(1)).isEqualTo(Phase.WARMING);
        assertThat(story.ordered()).contains(new Action.Probe(Story.id(1), Endpoint.local(30_000)));
        assertThat(story.said(Kind.WARMING)).last().isEqualTo("acts-1: moved from 127.0.0.1:20001 to 127.0.0.1:30000");
    }

    @Test
    void aRuntimeThatCannotListIsAskedAgainAtOnceAndThenEachSecond() {
        Story story = Story.withReady(1, rules(1, 10));
        story.run(Duration.ofSeconds(4)); // the next list is about to be due
        long before = story.ofKind(Action.Survey.class).count();
        story.listsAnswer = false;
        for (int tick = 0; tick < 300; tick++) {
            if (story.ordered().contains(new Action.Survey())) {
                story.tick(new Fact.SurveyFailed("no daemon"));
            } else {
                story.run(Story.TICK);
            }
        }

        assertThat(story.ofKind(Action.Survey.class).count() - before)
                .as("in half a minute")
                .isBetween(25L, 30L);
        assertThat(story.said(Kind.TROUBLE))
                .as("said once")
                .containsExactly(
                        "the runtime cannot say what runs: no daemon; what is known serves on, again in 0.0 s");
        assertThat(story.phase(1)).isEqualTo(Phase.READY);
    }

    /** Its absence is no fault of the replicas': it may not count as their failed starts, and have requests turned away. */
    @Test
    void whileTheRuntimeCannotSayWhatRunsNothingIsStarted() {
        Story story = Story.withReady(1, rules(1, 10));
        story.startsAnswer = false;
        story.listsAnswer = false;
        story.tick(new Fact.Vanished(Story.id(1), "killed"));
        assertThat(story.starts()).containsExactly(1L, 2L);

        story.tick(new Fact.StartFailed(Story.id(2), "no daemon"));
        assertThat(story.ordered()).as("whose fault it is").contains(new Action.Survey());
        story.tick(new Fact.SurveyFailed("no daemon")).run(Duration.ofSeconds(20));
        assertThat(story.starts()).containsExactly(1L, 2L);
        assertThat(story.state().isHopeless()).isFalse();

        story.startsAnswer = true;
        story.tick(new Fact.Surveyed(List.of(), story.now())).run(SECOND);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
        assertThat(story.count(Phase.READY)).isEqualTo(1);
    }

    @Test
    void startsThatAreUnderWayCount() {
        Story story = Story.withReady(1, rules(1, 10));
        story.startsAnswer = false;
        wanted.set(4);

        story.run(Duration.ofSeconds(30));

        assertThat(story.starts()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(last(views).starting()).isEqualTo(3);
        assertThat(last(views).ready()).isEqualTo(1);
        assertThat(last(views).target()).isEqualTo(4);
        assertThat(story.said(Kind.SCALED)).containsExactly("1 -> 4: wanted");
    }

    @Test
    void theRangeHoldsWhateverAPolicySays() {
        Story story = Story.withReady(2, rules(2, 5));
        wanted.set(1_000_000);
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(5);
        assertThat(story.said(Kind.SCALED)).containsExactly("2 -> 5: wanted; limited from 1000000 by max 5");

        wanted.set(0);
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(2);
        assertThat(story.said(Kind.SCALED)).last().isEqualTo("5 -> 2: wanted; raised from 0 by min 2");
    }

    @Test
    void aPolicyThatThrowsKeepsTheTargetAndIsReportedOnce() {
        Story story = Story.withReady(3, Story.rules(1, 10, view -> {
            if (view.elapsed().toSeconds() < 2) {
                return new Target(3, "wanted");
            }
            throw new IllegalStateException("no data");
        }));

        story.run(Duration.ofSeconds(10));

        assertThat(story.count(Phase.READY)).isEqualTo(3);
        assertThat(story.said(Kind.TROUBLE))
                .containsExactly("kept, because the scaling policy failed: java.lang.IllegalStateException: no data");
    }

    @Test
    void aPolicyThatSaysNothingKeepsTheTarget() {
        Story story = Story.withReady(
                2, Story.rules(1, 10, view -> view.elapsed().toSeconds() < 2 ? new Target(2, "wanted") : null));

        story.run(Duration.ofSeconds(3));

        assertThat(story.count(Phase.READY)).isEqualTo(2);
        assertThat(story.said(Kind.TROUBLE)).hasSize(1);
    }

    @Test
    void scaleDownPicksTheFewestInsideAndTheYoungestOfEquals() {
        wanted.set(5);
        Story story = Story.withReady(5, rules(1, 10));
        story.inside.put(1L, 2);
        story.inside.put(3L, 1);
        story.inside.put(5L, 7);

        wanted.set(4);
        story.tick();
        assertThat(story.phase(4)).as("two and four are idle, four is younger").isEqualTo(Phase.DRAINING);
        wanted.set(2);
        story.tick();
        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.phase(3)).isEqualTo(Phase.DRAINING);
        assertThat(story.said(Kind.DRAINING))
                .containsExactly(
                        "acts-4: leaves with 0 requests inside, the fewest",
                        "acts-2: leaves with 0 requests inside, the fewest",
                        "acts-3: leaves with 1 request inside, the fewest");
        assertThat(story.stops()).as("nobody is stopped before it is empty").isEmpty();
    }

    @Test
    void scaleDownPicksThoseThatDoNotServeYetFirst() {
        Story story = Story.withReady(1, rules(1, 10));
        story.probesAnswer = false;
        wanted.set(3);
        story.run(Duration.ofMillis(300));
        assertThat(story.count(Phase.WARMING)).isEqualTo(2);

        wanted.set(2);
        story.tick();
        assertThat(story.stops()).containsExactly(3L);
        wanted.set(1);
        story.tick();
        assertThat(story.stops()).containsExactly(3L, 2L);
        assertThat(story.phase(1)).isEqualTo(Phase.READY);
    }

    @Test
    void scaleDownWaitsForAStartThatIsUnderWay() {
        Story story = Story.withReady(1, rules(1, 10));
        story.startsAnswer = false;
        wanted.set(3);
        story.tick();
        wanted.set(1);
        story.tick().tick();
        assertThat(story.stops()).isEmpty();
        assertThat(story.phase(1)).as("it is not the ready one that goes").isEqualTo(Phase.READY);

        story.tick(Story.started(2));
        assertThat(story.stops()).containsExactly(2L);
        story.tick(Story.started(3));
        assertThat(story.stops()).containsExactly(2L, 3L);
        assertThat(story.phase(1)).isEqualTo(Phase.READY);
    }

    @Test
    void scaleDownOfManyIsPlannedWhileRequestsComeAndGo() {
        wanted.set(500);
        Story story = Story.withReady(500, rules(1, 500));
        Planner planner = new Planner(rules(1, 500));
        Random traffic = new Random(1);
        wanted.set(250);

        // Nobody stands still for the sort: a count may be another one at each look.
        for (int round = 0; round < 50; round++) {
            Plan plan = planner.plan(story.state(), story.inputs(id -> traffic.nextInt(50)), story.now());
            assertThat(plan.next().fleet().count(Phase.DRAINING)).isEqualTo(250);
        }
    }

    @Test
    void aDrainThatTakesTooLongIsCutShort() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.inside.put(1L, 4);
        story.inside.put(2L, 3);
        wanted.set(1);

        story.run(Duration.ofSeconds(30));
        story.tick();
        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        story.tick();
        assertThat(story.phase(2)).isEqualTo(Phase.STOPPING);
        assertThat(story.said(Kind.STOPPING))
                .containsExactly("acts-2: stopped with 3 requests inside, 30.0 s after its gate was shut");
    }

    @Test
    void aStopThatFailsIsRepeated() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.stopsAnswer = false;
        wanted.set(1);
        story.tick().tick(new Fact.Drained(Story.id(2)));
        assertThat(story.stops()).containsExactly(2L);

        Fact failed = new Fact.StopFailed(Story.id(2), "permission denied");
        story.tick(failed);
        assertThat(story.stops()).as("again at once").containsExactly(2L, 2L);
        story.tick(failed);
        story.run(Duration.ofMillis(900));
        assertThat(story.stops()).containsExactly(2L, 2L);
        story.run(Story.TICK);
        assertThat(story.stops()).as("and after a second").containsExactly(2L, 2L, 2L);
        story.tick(new Fact.Stopped(Story.id(2), ""));
        assertThat(story.knows(2)).isFalse();
        assertThat(story.said(Kind.TROUBLE))
                .containsExactly(
                        "acts-2: could not be stopped: permission denied; again in 0.0 s",
                        "acts-2: could not be stopped: permission denied; again in 1.0 s");
    }

    @Test
    void anOrderOverrulesThePolicyUntilItIsTakenBack() {
        Story story = Story.withReady(1, rules(1, 10));

        story.tick(new Fact.ScaleOrdered(OptionalInt.of(3)));
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(3);
        assertThat(story.state().target()).isEqualTo(Target.undecided(3, "ordered by hand"));

        story.tick(new Fact.ScaleOrdered(OptionalInt.empty()));
        assertThat(story.state().target()).isEqualTo(new Target(1, "wanted"));
        assertThat(story.count(Phase.DRAINING)).isEqualTo(2);
    }

    @Test
    void anOrderToDrainIsCarriedOutAndTheReplicaReplaced() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));

        story.tick(new Fact.DrainOrdered(Story.id(1)), new Fact.DrainOrdered(Story.id(99)));

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
        assertThat(story.said(Kind.DRAINING)).containsExactly("acts-1: leaves, as was ordered");
    }

    @Test
    void anOrderToEndDrainsStopsAndThenEnds() {
        wanted.set(3);
        Story story = Story.withReady(2, rules(2, 2));
        story.tick(new Fact.EndOrdered());
        assertThat(story.count(Phase.DRAINING)).isEqualTo(2);
        assertThat(story.state().ended()).isFalse();

        story.tick(new Fact.Drained(Story.id(1)), new Fact.Drained(Story.id(2)));
        assertThat(story.stops()).containsExactly(1L, 2L);
        story.tick(new Fact.Stopped(Story.id(1), ""));
        assertThat(story.state().ended()).isFalse();
        story.tick(new Fact.Stopped(Story.id(2), ""));
        assertThat(story.state().ended()).isTrue();
        assertThat(story.starts()).containsExactly(1L, 2L);
    }

    @Test
    void anOrderToEndWaitsForAStartThatIsUnderWay() {
        Story story = new Story(rules(1, 10));
        story.startsAnswer = false;
        story.run(Duration.ofMillis(200));
        story.tick(new Fact.EndOrdered());
        assertThat(story.state().ended()).isFalse();

        story.tick(Story.started(1));
        assertThat(story.stops()).containsExactly(1L);
        story.tick(new Fact.Stopped(Story.id(1), ""));
        assertThat(story.state().ended()).isTrue();
    }

    @Test
    void replicasThatCannotServeAreLetGoAtTheEndToo() {
        Story story = Story.withReady(1, rules(1, 10));
        story.health.put(1L, ProbeResult.unwell("status 500"));
        story.health.put(2L, ProbeResult.silent("refused"));
        story.run(Duration.ofSeconds(5));
        assertThat(story.phase(1)).isEqualTo(Phase.SUSPECT);

        story.tick(new Fact.EndOrdered());

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.phase(2)).isEqualTo(Phase.STOPPING);
    }

    @Test
    void everyReplicaIsAlwaysInOnePhaseAndHasANumberOfItsOwn() {
        Random random = new Random(7);
        Story story = Story.withReady(1, rules(1, 10));
        for (int step = 0; step < 300; step++) {
            wanted.set(1 + random.nextInt(10));
            for (Replica replica : story.state().fleet()) {
                if (replica.phase() == Phase.DRAINING && random.nextInt(3) == 0) {
                    story.tick(new Fact.Drained(replica.id()));
                }
            }
            story.run(Duration.ofMillis(500));
            assertThat(story.state().fleet().counting())
                    .isEqualTo(story.state().target().replicas());
        }
        assertThat(story.starts()).doesNotHaveDuplicates().isSorted();
        assertThat(story.stops()).doesNotHaveDuplicates();
    }

    private Rules rules(int min, int max) {
        return Story.rules(min, max, policy());
    }

    private ScalingPolicy policy() {
        return view -> {
            views.add(view);
            return new Target(wanted.get(), "wanted");
        };
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
