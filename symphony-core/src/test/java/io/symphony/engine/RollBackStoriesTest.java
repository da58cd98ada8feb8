package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.fleet.Phase;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import io.symphony.rollout.Sample;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a version that is worse is taken out again. */
class RollBackStoriesTest extends RollOutScene {

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
}
