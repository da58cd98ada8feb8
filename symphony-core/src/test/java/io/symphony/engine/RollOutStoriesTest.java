package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import io.symphony.rollout.Sample;
import io.symphony.scaling.Target;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How one version takes the place of another. */
class RollOutStoriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ServiceSpec OLD = Story.SPEC;
    private static final ServiceSpec NEW = OLD.withEnv("VERSION", "2");
    private static final ServiceSpec OTHER = OLD.withEnv("VERSION", "3");

    /** What the policy wants; a test changes its mind. */
    private final AtomicInteger wanted = new AtomicInteger(3);

    @Test
    void oneByOneTheNewTakeThePlaceOfTheFormerAndNoFewerServeMeanwhile() {
        Story story = ofThree();

        story.tick(new Fact.RollOutOrdered(NEW));
        assertThat(story.starts()).as("the successor comes first").containsExactly(1L, 2L, 3L, 4L);
        assertThat(story.version(4)).isEqualTo(NEW.version());
        for (int tick = 0; tick < 480; tick++) {
            story.run(Story.TICK);
            assertThat(story.count(Phase.READY)).isBetween(3, 4);
        }

        assertThat(story.ready(NEW)).isEqualTo(3);
        assertThat(story.state().fleet().size()).isEqualTo(3);
        assertThat(stage(story)).isEqualTo(RollOutStage.DONE);
        assertThat(story.said(Kind.ROLL_OUT))
                .first()
                .isEqualTo(OLD.version() + " -> " + NEW.version() + " in steps of 1, each watched for 15.0 s");
        assertThat(story.said(Kind.ROLL_OUT))
                .last()
                .asString()
                .startsWith("all 3 replicas are " + NEW.version() + ", 45.");
    }

    @Test
    void aFormerOneStaysWhileItsSuccessorIsBeingWatched() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));

        story.run(Duration.ofSeconds(15));
        assertThat(story.ready(OLD)).isEqualTo(3);
        assertThat(story.ready(NEW)).isEqualTo(1);
        story.run(SECOND);
        assertThat(story.ready(OLD)).isEqualTo(2);
        assertThat(story.said(Kind.DRAINING))
                .containsExactly("acts-3: makes room for version " + NEW.version() + ", with 0 requests inside");
    }

    @Test
    void aFormerOneFinishesWhatIsInsideBeforeItEnds() {
        Story story = ofThree();
        story.inside.put(1L, 1);
        story.inside.put(2L, 1);
        story.inside.put(3L, 1);
        story.tick(new Fact.RollOutOrdered(NEW));

        story.run(Duration.ofSeconds(17));
        assertThat(story.phase(3)).isEqualTo(Phase.DRAINING);
        assertThat(story.stops()).isEmpty();
        story.inside.clear();
        story.run(SECOND);
        assertThat(story.stops()).containsExactly(3L);
    }

    @Test
    void aStepMayBeLarger() {
        Story story = Story.withReady(3, rules(RollOutPolicy.inStepsOf(2)));
        story.drainsEnd = true;

        story.tick(new Fact.RollOutOrdered(NEW));
        assertThat(story.starts()).containsExactly(1L, 2L, 3L, 4L, 5L);
        story.run(Duration.ofSeconds(17));
        assertThat(story.ready(OLD)).isEqualTo(1);
        story.run(Duration.ofSeconds(16));
        assertThat(stage(story)).isEqualTo(RollOutStage.DONE);
    }

    @Test
    void theSameVersionIsNothingToRollOut() {
        Story story = ofThree();

        story.tick(new Fact.RollOutOrdered(OLD));

        assertThat(story.ordered()).isEmpty();
        assertThat(stage(story)).isEqualTo(RollOutStage.NONE);
        assertThat(story.said(Kind.ROLL_OUT))
                .containsExactly("nothing to change: version " + OLD.version() + " is what is wanted already");
    }

    @Test
    void aVersionThatDoesNotComeUpIsTakenOutAgain() {
        Story story = ofThree();
        story.startsAnswer = false;
        story.tick(new Fact.RollOutOrdered(NEW));
        for (long number = 4; number <= 6; number++) {
            story.tick(new Fact.StartFailed(Story.id(number), "exit code 1"));
            story.run(Duration.ofSeconds(2));
        }

        assertThat(story.said(Kind.ROLLED_BACK))
                .containsExactly("back to " + OLD.version()
                        + ": 3 new replicas failed in one step, the last: acts-6 exit code 1");
        assertThat(stage(story)).isEqualTo(RollOutStage.REVERTED);
        assertThat(story.starts()).as("nobody had left").containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(story.ready(OLD)).isEqualTo(3);
    }

    @Test
    void aVersionThatNeverGetsWellIsTakenOutAgain() {
        Story story = ofThree();
        for (long number = 4; number <= 6; number++) {
            story.health.put(number, ProbeResult.unwell("status 503"));
        }
        story.tick(new Fact.RollOutOrdered(NEW));

        story.run(Duration.ofMinutes(3).plusSeconds(10));

        assertThat(stage(story)).isEqualTo(RollOutStage.REVERTED);
        assertThat(story.state().rollOut().reason()).contains("3 new replicas failed in one step", "not well within");
        assertThat(story.ready(OLD)).isEqualTo(3);
    }

    @Test
    void aVersionThatFailsMoreRequestsIsTakenOutAgainAtOnce() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);
        assertThat(story.ready(NEW)).isEqualTo(1);

        story.tick(beat(story, new Sample(10, 10, 0), new Sample(10, 0, 0)));

        assertThat(stage(story)).isEqualTo(RollOutStage.REVERTED);
        assertThat(story.phase(4)).as("three of the former ones serve").isEqualTo(Phase.DRAINING);
        assertThat(story.said(Kind.ROLLED_BACK))
                .containsExactly("back to " + OLD.version() + ": 10 of 10 requests failed at the new version, and 0 of"
                        + " 30 at the former (by chance in fewer than 1 of 1,000 roll-outs)");
    }

    @Test
    void aVersionThatIsSlowerIsTakenOutAgainOnceItHasWarmedUp() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);
        for (int beat = 0; beat < 20; beat++) {
            story.tick(beat(story, new Sample(10, 0, 10 * 90e6), new Sample(10, 0, 10 * 9e6)));
        }
        assertThat(stage(story)).as("it is warming up").isEqualTo(RollOutStage.RUNNING);

        story.run(Duration.ofSeconds(5));
        for (int beat = 0; beat < 20; beat++) {
            story.tick(beat(story, new Sample(10, 0, 10 * 90e6), new Sample(10, 0, 10 * 9e6)));
        }
        assertThat(stage(story)).isNotEqualTo(RollOutStage.RUNNING);
        assertThat(story.said(Kind.ROLLED_BACK).get(0)).contains("90.0 ms a request at the new version, and 9.0 ms");
    }

    @Test
    void onTheWayBackTheNewStayUntilAsManyOfTheFormerServe() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(Duration.ofSeconds(34)); // two of the new serve alone, the third beside the last former one
        assertThat(story.ready(OLD)).isEqualTo(1);
        assertThat(story.ready(NEW)).isEqualTo(3);
        story.startsAnswer = false;

        story.tick(new Fact.RollOutSteered(Course.ABORT));
        assertThat(story.ready(NEW)).as("one more than is needed leaves").isEqualTo(2);
        assertThat(story.count(Phase.STARTING))
                .as("the others are succeeded, step by step")
                .isEqualTo(1);

        story.run(Duration.ofSeconds(5));
        assertThat(story.count(Phase.READY)).isEqualTo(3);
        story.startsAnswer = true;
        story.tick(Story.started(7)).run(Duration.ofSeconds(2));
        assertThat(story.ready(OLD)).isEqualTo(3);
        assertThat(story.ready(NEW)).isZero();
        assertThat(stage(story)).isEqualTo(RollOutStage.REVERTED);
        assertThat(story.said(Kind.ROLLED_BACK)).containsExactly("aborted, as was ordered");
    }

    @Test
    void aPausedRollOutStandsUntilItIsResumed() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);
        story.tick(new Fact.RollOutSteered(Course.PAUSE));

        story.run(Duration.ofMinutes(5));
        assertThat(story.ready(OLD)).isEqualTo(3);
        assertThat(story.ready(NEW)).isEqualTo(1);
        assertThat(story.said(Kind.ROLL_OUT)).last().isEqualTo("paused, as was ordered");

        story.tick(new Fact.RollOutSteered(Course.RESUME));
        story.run(Duration.ofSeconds(48));
        assertThat(stage(story)).isEqualTo(RollOutStage.DONE);
    }

    @Test
    void whatIsNotUnderWayCanBeNeitherPausedNorResumedNorAborted() {
        Story story = ofThree();
        for (Course course : Course.values()) {
            story.tick(new Fact.RollOutSteered(course));
        }
        assertThat(story.said(Kind.ROLL_OUT))
                .containsExactly(
                        "not possible: PAUSE of a roll-out that is NONE",
                        "not possible: RESUME of a roll-out that is NONE",
                        "not possible: ABORT of a roll-out that is NONE");
    }

    @Test
    void anotherGoalReplacesTheFirstAndGoesBackToTheSameFormerVersion() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(Duration.ofSeconds(18));
        assertThat(story.ready(NEW)).isEqualTo(2);

        story.tick(new Fact.RollOutOrdered(OTHER));
        assertThat(story.state().rollOut().former()).contains(OLD);
        story.run(Duration.ofSeconds(48));
        assertThat(story.ready(OTHER)).isEqualTo(3);
        assertThat(story.state().fleet().size()).isEqualTo(3);
    }

    @Test
    void toOrderTheFormerVersionAgainIsToGoBack() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(Duration.ofSeconds(18));

        story.tick(new Fact.RollOutOrdered(OLD));
        story.run(SECOND);

        assertThat(stage(story)).isEqualTo(RollOutStage.REVERTED);
        assertThat(story.ready(OLD)).isEqualTo(3);
    }

    @Test
    void aFormerOneThatDiesBeforeTheNewHaveShownThemselvesIsReplacedByItsLike() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);

        story.tick(new Fact.Vanished(Story.id(1), "killed"));
        assertThat(story.version(5)).isEqualTo(OLD.version());

        story.run(Duration.ofSeconds(17)); // the first step is done
        assertThat(story.said(Kind.DRAINING)).hasSize(1);
        long victim = story.phase(2) == Phase.READY ? 2 : 5;
        story.tick(new Fact.Vanished(Story.id(victim), "killed"));
        story.run(SECOND);
        assertThat(story.ready(OLD)).as("now it is replaced by a new one").isEqualTo(1);
        assertThat(story.ready(NEW)).isEqualTo(2);
    }

    @Test
    void growingMeanwhileTakesTheNewVersionOnceThatHasShownItself() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);
        wanted.set(4);
        story.run(SECOND);
        assertThat(story.ready(OLD)).as("it has not yet").isEqualTo(4);

        story.run(Duration.ofSeconds(15));
        wanted.set(6);
        story.run(SECOND);
        assertThat(story.ready(OLD)).isEqualTo(3);
        assertThat(story.ready(NEW)).isEqualTo(3);
    }

    @Test
    void shrinkingMeanwhileTakesFormerOnesAndNeverASuccessor() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);

        wanted.set(2);
        story.run(SECOND);

        assertThat(story.ready(OLD)).isEqualTo(2);
        assertThat(story.ready(NEW)).isEqualTo(1);
        story.run(Duration.ofSeconds(32));
        assertThat(stage(story)).isEqualTo(RollOutStage.DONE);
        assertThat(story.state().fleet().size()).isEqualTo(2);
    }

    @Test
    void afterACrashInTheMiddleItGoesOn() {
        Story story = new Story(NEW, rules(RollOutPolicy.inStepsOf(1)));
        story.drainsEnd = true;
        story.runningAlready.add(Story.sighting(2, OLD.version()));
        story.runningAlready.add(Story.sighting(3, OLD.version()));
        story.runningAlready.add(Story.sighting(4, NEW.version()));

        story.run(Duration.ofSeconds(1));
        assertThat(story.said(Kind.ROLL_OUT))
                .containsExactly("2 of 3 replicas that were found are not of version " + NEW.version()
                        + " and make room for it");
        for (int tick = 0; tick < 500; tick++) {
            story.runningAlready.removeIf(each -> !story.knows(each.id().number()));
            story.run(Story.TICK);
            assertThat(story.count(Phase.READY)).isGreaterThanOrEqualTo(3);
        }
        assertThat(story.ready(NEW)).isEqualTo(3);
        assertThat(story.state().fleet().size()).isEqualTo(3);
        assertThat(stage(story)).isEqualTo(RollOutStage.DONE);
    }

    @Test
    void withNothingToGoBackToItStopsWhereItIsAndSaysSo() {
        Story story = new Story(NEW, rules(RollOutPolicy.inStepsOf(1)));
        for (long number = 1; number <= 3; number++) {
            story.runningAlready.add(Story.sighting(number, OLD.version()));
        }
        story.run(SECOND.multipliedBy(2));
        story.tick(beat(story, new Sample(10, 10, 0), new Sample(10, 0, 0)));
        story.run(Duration.ofMinutes(5));

        assertThat(stage(story)).isEqualTo(RollOutStage.PAUSED);
        assertThat(story.ready(OLD)).isEqualTo(3);
        assertThat(story.said(Kind.ROLLED_BACK).get(0))
                .endsWith(
                        "nobody knows what the former replicas were made of, so it stops here: order another roll-out,"
                                + " or resume this one");
    }

    @Test
    void aSickNewOneIsNotCountedAsWatched() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(Duration.ofSeconds(12));
        story.health.put(4L, ProbeResult.silent("timeout"));
        story.run(Duration.ofSeconds(10));

        assertThat(story.ready(OLD)).isEqualTo(3);
        assertThat(story.starts())
                .last()
                .as("it has a successor of the new version")
                .isEqualTo(5L);
        assertThat(story.version(5)).isEqualTo(NEW.version());
    }

    @Test
    void theOrchestratorMayEndInTheMiddle() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);
        story.tick(new Fact.EndOrdered());
        story.run(SECOND);
        assertThat(story.state().ended()).isTrue();
    }

    private static Fact beat(Story story, Sample ofNew, Sample ofFormer) {
        Map<ReplicaId, Sample> beat = new HashMap<>();
        for (Replica replica : story.state().fleet()) {
            boolean isNew = replica.version().equals(story.state().spec().version());
            beat.put(replica.id(), isNew ? ofNew : ofFormer);
        }
        return new Fact.Measured(beat);
    }

    private static RollOutStage stage(Story story) {
        return story.state().rollOut().stage();
    }

    private Story ofThree() {
        Story story = Story.withReady(3, rules(RollOutPolicy.inStepsOf(1)));
        story.drainsEnd = true;
        return story;
    }

    private Rules rules(RollOutPolicy policy) {
        Rules rules = Story.rules(1, 10, view -> new Target(wanted.get(), "wanted"));
        return new Rules(
                rules.min(),
                rules.max(),
                rules.scaling(),
                rules.restraint(),
                rules.health(),
                rules.drain(),
                rules.grace(),
                rules.surveyEvery(),
                rules.routing(),
                rules.overdue(),
                policy,
                rules.fixedPool());
    }
}
