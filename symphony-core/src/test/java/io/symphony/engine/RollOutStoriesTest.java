package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How one version takes the place of another. */
class RollOutStoriesTest extends RollOutScene {

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
    void theOrchestratorMayEndInTheMiddle() {
        Story story = ofThree();
        story.tick(new Fact.RollOutOrdered(NEW));
        story.run(SECOND);
        story.tick(new Fact.EndOrdered());
        story.run(SECOND);
        assertThat(story.state().ended()).isTrue();
    }
}
