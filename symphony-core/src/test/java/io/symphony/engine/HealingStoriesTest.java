package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the planner finds out that a replica is not well, and what it does about it. */
class HealingStoriesTest {

    private static final ProbeResult SILENT = ProbeResult.silent("connection refused");
    private static final ProbeResult UNWELL = ProbeResult.unwell("status 500");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aFailingReplicaLeavesRotationBeforeItIsStopped() {
        Story story = Story.withReady(2, Story.fixed(2));
        story.health.put(1L, SILENT);

        story.run(Duration.ofMillis(2_800));

        assertThat(story.phase(1)).as("it failed three checks, one a second").isEqualTo(Phase.DRAINING);
        assertThat(story.stops()).as("somebody may still be inside").isEmpty();
        assertThat(story.starts()).as("its successor is on its way").containsExactly(1L, 2L, 3L);

        story.tick(new Fact.Drained(Story.id(1)));
        assertThat(story.phase(1)).isEqualTo(Phase.STOPPING);
        assertThat(story.stops()).containsExactly(1L);
        assertThat(story.said(Kind.SUSPECT)).containsExactly("acts-1: failed 3 checks in a row: connection refused");
    }

    @Test
    void fewerFailuresThanTheFallChangeNothing() {
        Story story = Story.withReady(1, Story.fixed(1));
        for (int round = 0; round < 5; round++) {
            story.health.put(1L, UNWELL);
            story.run(Duration.ofSeconds(2)); // two checks fail
            story.health.remove(1L);
            story.run(SECOND); // one passes, and the count starts anew
        }

        assertThat(story.phase(1)).isEqualTo(Phase.READY);
        assertThat(story.said(Kind.SUSPECT)).isEmpty();
    }

    @Test
    void whenAllLimpNoneLeavesBeforeAsManySuccessorsAreReady() {
        Story story = Story.withReady(4, Story.fixed(4)).run(Duration.ofSeconds(11)); // they are not young any more
        story.startsAnswer = false;
        for (long number = 1; number <= 4; number++) {
            story.health.put(number, UNWELL);
        }
        story.run(Duration.ofSeconds(3));
        assertThat(story.starts()).as("each has a successor on its way").hasSize(8);
        assertThat(story.state().fleet().count(Phase.SUSPECT)).isEqualTo(4);

        for (long number = 5; number <= 7; number++) {
            story.tick(new Fact.Started(Story.id(number), Endpoint.local((int) number)));
        }
        story.run(SECOND);
        assertThat(story.state().fleet().count(Phase.READY)).isEqualTo(3);
        assertThat(story.state().fleet().count(Phase.SUSPECT))
                .as("the fleet is lame")
                .isEqualTo(4);

        story.tick(new Fact.Started(Story.id(8), Endpoint.local(8)));
        story.run(SECOND);
        assertThat(story.state().fleet().count(Phase.SUSPECT)).isZero();
    }

    @Test
    void replicasThatFallSickSoonAfterTheyGotWellBackOff() {
        Story story = Story.withReady(1, Story.fixed(1));
        for (long number = 1; number <= 3; number++) {
            assertThat(story.phase(number)).isEqualTo(Phase.READY);
            story.health.put(number, SILENT);
            story.run(Duration.ofSeconds(6));
        }

        assertThat(story.state().backoff().failures()).isEqualTo(3);
    }

    @Test
    void strictHealthReplacesAfterOneFailedCheck() {
        Story story = Story.withReady(
                2,
                Story.rules(
                        2, 2, ScalingPolicy.fixed(2), HealthPolicy.standard().strict()));
        story.health.put(2L, UNWELL);

        story.run(SECOND.plus(Story.TICK));

        assertThat(story.said(Kind.SUSPECT)).containsExactly("acts-2: failed a check: status 500");
        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void theLastOneThatAnswersStaysUntilItsSuccessorServes() {
        Story story = Story.withReady(1, Story.fixed(1));
        story.health.put(1L, UNWELL);
        story.health.put(2L, SILENT); // the successor takes its time

        story.run(Duration.ofSeconds(5));
        assertThat(story.phase(1)).isEqualTo(Phase.SUSPECT);
        assertThat(story.phase(2)).isEqualTo(Phase.WARMING);

        story.health.remove(2L);
        story.run(Duration.ofSeconds(2));
        assertThat(story.phase(2)).isEqualTo(Phase.READY);
        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.said(Kind.DRAINING)).containsExactly("acts-1: leaves and is replaced, with 0 requests inside");
    }

    @Test
    void aSilentOneIsNotKeptEvenIfItIsTheLast() {
        Story story = Story.withReady(1, Story.fixed(1));
        story.health.put(1L, SILENT);
        story.inside.put(1L, 1);

        story.run(Duration.ofMillis(2_800));

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.said(Kind.DRAINING)).containsExactly("acts-1: leaves and is replaced, with 1 request inside");
    }

    @Test
    void whenAllAreSilentHalfOfThemStayUntilSuccessorsServe() {
        Story story = Story.withReady(4, Story.fixed(4)).run(Duration.ofSeconds(11));
        for (long number = 1; number <= 8; number++) {
            story.health.put(number, SILENT);
        }

        story.run(Duration.ofSeconds(15));
        assertThat(story.count(Phase.DRAINING)).isEqualTo(2);
        assertThat(story.count(Phase.SUSPECT)).isEqualTo(2);

        story.health.remove(3L); // whatever it was, it lay in none of them
        story.health.remove(4L);
        story.run(Duration.ofSeconds(2));
        assertThat(story.phase(3)).isEqualTo(Phase.READY);
        assertThat(story.phase(4)).isEqualTo(Phase.READY);
    }

    @Test
    void replacementsAreRationedThreeAtOnceAndThreeAMinuteInASmallFleet() {
        Story story = Story.withReady(2, Story.fixed(2)).run(Duration.ofSeconds(11));
        story.drainsEnd = true;

        // Each one falls sick five seconds after it got well.
        for (int second = 0; second < 60; second++) {
            for (Replica replica : story.state().fleet()) {
                boolean old = story.now() - replica.sinceNanos()
                        > Duration.ofSeconds(5).toNanos();
                if (replica.phase() == Phase.READY && old) {
                    story.health.put(replica.id().number(), SILENT);
                }
            }
            story.run(SECOND);
        }

        assertThat(story.decisions()).filteredOn(Decision.REPLACED_SICK::equals).hasSizeBetween(4, 6);
    }

    @Test
    void aSuspectThatIsWellAgainServesAgainAndTheSuccessorIsLetGo() {
        Story story = Story.withReady(1, Story.fixed(1));
        story.health.put(1L, UNWELL);
        story.health.put(2L, SILENT);
        story.run(Duration.ofSeconds(4));
        assertThat(story.phase(1)).isEqualTo(Phase.SUSPECT);

        story.health.remove(1L);
        story.run(SECOND.plus(Story.TICK));

        assertThat(story.phase(1)).isEqualTo(Phase.READY);
        assertThat(story.said(Kind.READY)).last().asString().startsWith("acts-1: well again after ");
        assertThat(story.stops()).as("the one that does not serve yet goes").containsExactly(2L);
    }

    @Test
    void aCheckThatWasUnderWayDuringOurOwnStallProvesNothing() {
        Story story = Story.withReady(3, Story.fixed(3));
        story.probesAnswer = false;
        story.run(SECOND); // a check of each is under way
        story.standStill(Duration.ofSeconds(5));

        for (int round = 0; round < 4; round++) {
            story.tick(Story.probed(1, SILENT), Story.probed(2, SILENT), Story.probed(3, SILENT));
        }

        assertThat(story.count(Phase.READY)).isEqualTo(3);
        assertThat(story.state().fleet()).allMatch(each -> each.checks().failedInRow() <= 1);
    }

    @Test
    void checksAfterTheStallCountAgain() {
        Story story = Story.withReady(2, Story.fixed(2));
        story.standStill(Duration.ofSeconds(5));
        story.health.put(1L, SILENT);

        story.run(Duration.ofSeconds(4));

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
    }

    @Test
    void anAnswerThatNobodyWaitsForChangesNothing() {
        Story story = Story.withReady(1, Story.fixed(1));

        story.tick(Story.probed(1, SILENT));
        story.tick(Story.probed(1, SILENT), Story.probed(1, SILENT), Story.probed(1, SILENT), Story.probed(9, SILENT));

        assertThat(story.phase(1)).isEqualTo(Phase.READY);
    }

    @Test
    void aReplicaIsAskedOnceAtATimeAndOnceASecond() {
        Story story = Story.withReady(1, Story.fixed(1));
        long before = story.ofKind(Action.Probe.class).count();
        story.run(Duration.ofSeconds(10));
        assertThat(story.ofKind(Action.Probe.class).count() - before).isEqualTo(10);

        story.probesAnswer = false;
        story.run(Duration.ofSeconds(10));
        assertThat(story.ofKind(Action.Probe.class).count() - before)
                .as("the last one has not come back")
                .isEqualTo(11);
    }

    @Test
    void aFixedPoolIsWatchedAndNeverTouched() {
        ServiceSpec pool = ServiceSpec.backends("acts", List.of(Endpoint.local(20_001), Endpoint.local(20_002)));
        Rules rules = new Rules(
                1,
                10,
                ScalingPolicy.fixed(7),
                Restraint.standard(10),
                HealthPolicy.standard(),
                Duration.ZERO,
                Duration.ZERO,
                SECOND,
                Story.fixed(1).routing(),
                SECOND,
                Story.fixed(1).rollOut(),
                true);
        Story story = new Story(pool, rules);
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(2);
        assertThat(story.state().target().replicas()).isEqualTo(2);

        story.health.put(1L, SILENT);
        story.health.put(2L, SILENT);
        story.run(Duration.ofMinutes(5));
        assertThat(story.count(Phase.SUSPECT)).isEqualTo(2);

        story.health.clear();
        story.run(SECOND.plus(Story.TICK));
        assertThat(story.count(Phase.READY)).isEqualTo(2);
        assertThat(story.starts()).isEmpty();
        assertThat(story.stops()).isEmpty();
        assertThat(story.ofKind(Action.Survey.class)).isEmpty();
    }
}
