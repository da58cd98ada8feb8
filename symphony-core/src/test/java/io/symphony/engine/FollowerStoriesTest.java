package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.Mandate;
import io.symphony.spi.Mandate.Decree;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an orchestrator does while another one decides, and when its turn comes. */
class FollowerStoriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String VERSION = Story.SPEC.version();

    private final Story story = new Story(Story.SPEC, Story.rules(1, 8, ScalingPolicy.fixed(2)), Reign.UNKNOWN);

    @Test
    void beforeItKnowsWhoLeadsItStartsNothing() {
        story.run(Duration.ofSeconds(10));

        assertThat(story.starts()).isEmpty();
    }

    @Test
    void itServesFromWhatRunsAndStartsNothing() {
        foundRunning(1, 2, 3);
        follow(decree(3, 5));
        story.run(Duration.ofSeconds(10));

        assertThat(story.count(Phase.READY)).isEqualTo(3);
        assertThat(story.starts()).isEmpty();
        assertThat(story.state().target().replicas())
                .as("what the leader wants")
                .isEqualTo(5);
        assertThat(story.state().target().reason()).isEqualTo("other leads (term 1)");
    }

    @Test
    void whatTheLeaderStartsIsFoundAndServes() {
        foundRunning(1);
        follow(decree(1, 2));
        story.run(SECOND);

        foundRunning(2);
        story.run(Duration.ofSeconds(7));

        assertThat(story.phase(2)).isEqualTo(Phase.READY);
    }

    @Test
    void whoLeavesByTheMandateGetsNoRequestsAndIsNotStopped() {
        foundRunning(1, 2);
        follow(decree(2, 2));
        story.run(SECOND);

        follow(decree(2, 1, 2L));
        story.drainsEnd = true;
        story.run(Duration.ofMinutes(2));

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.stops()).isEmpty();
    }

    @Test
    void whomTheLeaderTakesBackServesAgainAtOnce() {
        foundRunning(1, 2);
        follow(decree(2, 1, 2L));
        story.run(SECOND);

        follow(decree(2, 2));

        assertThat(story.phase(2)).isEqualTo(Phase.READY);
    }

    @Test
    void oneThatIsFoundLeavingIsNotTakenForNew() {
        follow(decree(2, 1, 2L));
        foundRunning(2);
        story.run(Duration.ofSeconds(6));

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
    }

    @Test
    void whatDiesIsForgottenAndNotReplaced() {
        foundRunning(1, 2);
        follow(decree(2, 2));
        story.run(SECOND);

        story.tick(new Fact.Vanished(Story.id(2), "exit code 1"));

        assertThat(story.knows(2)).isFalse();
        story.run(Duration.ofSeconds(3));
        assertThat(story.starts()).isEmpty();
        assertThat(story.stops()).isEmpty();
    }

    @Test
    void whatFailsItsChecksGetsNoRequestsAndWaitsForTheLeader() {
        foundRunning(1, 2);
        follow(decree(2, 2));
        story.run(SECOND);
        story.health.put(2L, ProbeResult.silent("connection refused"));

        story.run(Duration.ofSeconds(20));

        assertThat(story.phase(2)).isEqualTo(Phase.SUSPECT);
        assertThat(story.stops()).isEmpty();
    }

    @Test
    void itsTurnBeginsWithAListAndGoesOnFromWhatWasDecided() {
        foundRunning(1, 2, 3);
        follow(decree(9, 3));
        story.run(SECOND);

        lead(2, new Decree(9, 3, OptionalInt.of(5), Set.of()));
        story.run(SECOND);

        assertThat(story.starts())
                .as("five were ordered, and up to nine may have been started")
                .containsExactly(10L, 11L);
        assertThat(story.said(Kind.LEADERSHIP)).last().asString().startsWith("we lead from now on");
    }

    @Test
    void whatWasOrderedInAnotherRangeIsKeptWithinOurs() {
        lead(2, new Decree(0, 20, OptionalInt.of(20), Set.of()));
        story.run(SECOND);

        assertThat(story.state().target().replicas()).isEqualTo(8);
    }

    /** The former leader's order to stop it may be on its way. */
    @Test
    void whoWasLeavingBeforeItsTurnIsNotTakenBack() {
        foundRunning(1, 2);
        follow(decree(2, 1, 2L));
        story.run(SECOND);

        lead(2, new Decree(2, 2, OptionalInt.empty(), Set.of(2L)));
        story.run(SECOND);
        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);

        story.tick(new Fact.Drained(Story.id(2)));
        assertThat(story.stops()).containsExactly(2L);
    }

    /** A leader that resigns is succeeded before its followers have read what it wrote last. */
    @Test
    void whoLeavesByARecordThatIsOnlyReadWithItsTurnLeavesToo() {
        foundRunning(1, 2);
        follow(decree(2, 2));
        story.run(SECOND);

        lead(2, new Decree(2, 1, OptionalInt.empty(), Set.of(2L)));

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.state().decree().leaving()).containsExactly(2L);
    }

    @Test
    void whatWasLeavingIsWrittenDownUntilItIsSeenToBeGone() {
        lead(2, new Decree(2, 1, OptionalInt.empty(), Set.of(2L)));
        assertThat(story.state().decree().leaving()).containsExactly(2L);

        story.run(SECOND);
        assertThat(story.state().decree().leaving()).isEmpty();
    }

    @Test
    void whoCouldNotWriteStopsDecidingByItself() {
        lead(1, decree(0, 2));
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(2);
        story.standStill(Duration.ofSeconds(2)); // no write lands

        story.tick(new Fact.Vanished(Story.id(1), "exit code 1"));
        story.run(SECOND);

        assertThat(story.starts()).as("nobody else has been started").containsExactly(1L, 2L);
    }

    @Test
    void aLateStartOfATermThatIsOverIsLeftToTheLeader() {
        story.startsAnswer = false;
        lead(1, decree(0, 2));
        story.run(SECOND);
        assertThat(story.starts()).containsExactly(1L, 2L);

        follow(decree(2, 2));
        story.tick(Story.started(1));

        assertThat(story.stops()).isEmpty();
        assertThat(story.knows(1)).as("it will be found").isFalse();
    }

    private void foundRunning(long... numbers) {
        for (long number : numbers) {
            story.runningAlready.add(Story.sighting(number, VERSION));
        }
    }

    private void follow(Decree decree) {
        story.tick(new Fact.Mandated(new Reign(Optional.of(Mandate.first("other", decree)), OptionalLong.empty())));
    }

    private void lead(long term, Decree decree) {
        Mandate mandate = new Mandate(Optional.of("us"), term, 10, decree);
        long until = story.now() + Tenure.LAPSE.toNanos();
        story.tick(new Fact.Mandated(new Reign(Optional.of(mandate), OptionalLong.of(until))));
    }

    private static Decree decree(long highest, int target, Long... leaving) {
        return new Decree(highest, target, OptionalInt.empty(), Set.copyOf(List.of(leaving)));
    }
}
