package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.scaling.Target;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How the planner brings the number of replicas to where it should be. */
class ScalingStoriesTest extends WantedStories {

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

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
