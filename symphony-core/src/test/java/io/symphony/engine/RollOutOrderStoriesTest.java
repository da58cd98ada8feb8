package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.rollout.RollOutStage;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What may be ordered of a roll-out, and when. */
class RollOutOrderStoriesTest extends RollOutScene {

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
}
