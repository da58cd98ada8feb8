package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Decision;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which decisions are counted, and that each is counted once. */
class DecisionStoriesTest {

    private static final Duration SECONDS = Duration.ofSeconds(5);

    private final Story story = Story.withReady(2, Story.rules(2, 4, ScalingPolicy.fixed(2)));

    @Test
    void aDeathIsOneReplacement() {
        story.tick(new Fact.Vanished(Story.id(1), "exit code 137")).run(SECONDS);

        assertThat(story.decisions()).containsExactly(Decision.REPLACED_DEAD);
    }

    @Test
    void soIsASickness() {
        story.health.put(1L, ProbeResult.silent("no answer"));
        story.run(SECONDS).tick(new Fact.Drained(Story.id(1))).run(SECONDS);

        assertThat(story.decisions()).containsExactly(Decision.REPLACED_SICK);
    }

    @Test
    void soIsAnOrder() {
        story.tick(new Fact.DrainOrdered(Story.id(2))).run(SECONDS);

        assertThat(story.decisions()).containsExactly(Decision.REPLACED_BY_ORDER);
    }

    @Test
    void soIsAFailedStart() {
        story.startsAnswer = false;
        story.tick(new Fact.ScaleOrdered(OptionalInt.of(3)));
        story.tick(new Fact.StartFailed(Story.id(3), "no such image"));

        assertThat(story.decisions()).containsExactly(Decision.SCALED_UP, Decision.REPLACED_UNSTARTED);
    }

    @Test
    void aLeaverThatDiesIsNone() {
        story.tick(new Fact.ScaleOrdered(OptionalInt.of(3))).run(SECONDS);
        story.tick(new Fact.ScaleOrdered(OptionalInt.of(2)));
        story.tick(new Fact.Vanished(Story.id(3), "exit code 1"));

        assertThat(story.decisions()).containsExactly(Decision.SCALED_UP, Decision.SCALED_DOWN);
    }
}
