package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Ejection;
import io.symphony.fleet.Phase;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.FailureReason;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a replica at which requests fail stays out of the rotation. Base 10 s: 10, 20, 30 s. */
class EjectionStoriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Story story = Story.withReady(3, rules());

    @Test
    void itIsOutLongerEachTimeAndNeverReplaced() {
        story.probesAnswer = false; // or a passed check would bring it back
        for (int seconds : new int[] {10, 20, 30}) {
            eject();
            story.run(Duration.ofSeconds(seconds).minus(Story.TICK));
            assertThat(ejection().isOut()).as(seconds + " s are not over").isTrue();
            story.run(Story.TICK);
            assertThat(ejection().isOut()).isFalse();
        }

        assertThat(story.phase(2)).isEqualTo(Phase.READY);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
        assertThat(story.said(Kind.EJECTED))
                .hasSize(3)
                .last()
                .asString()
                .startsWith("acts-2: out of the rotation for 30.0 s");
        assertThat(story.said(Kind.REINSTATED))
                .last()
                .isEqualTo("acts-2: serves again: it was out of the rotation for 30.0 s");
    }

    @Test
    void eachHealthySweepTakesOneTimeOff() {
        story.probesAnswer = false;
        eject();
        story.run(Duration.ofSeconds(10));
        eject();
        story.run(Duration.ofSeconds(20));
        assertThat(ejection().times()).isEqualTo(2);

        // A sweep is ten seconds.
        story.run(Duration.ofSeconds(10).minus(Story.TICK));
        assertThat(ejection().times()).isEqualTo(2);
        story.run(Story.TICK);
        assertThat(ejection().times()).isEqualTo(1);
        story.run(Duration.ofSeconds(10));
        assertThat(ejection()).isEqualTo(Ejection.NONE);
    }

    @Test
    void aPassedCheckBringsItBackIfItWasBegunASecondLaterAtLeast() {
        story.run(Duration.ofMillis(500));
        eject();

        story.run(SECOND);
        assertThat(ejection().isOut())
                .as("the check in between was begun too early to tell")
                .isTrue();
        story.run(SECOND);
        assertThat(ejection().isOut()).isFalse();
        assertThat(story.said(Kind.REINSTATED)).singleElement().asString().startsWith("acts-2: serves again: well 1.");
    }

    @Test
    void oneThatIsPutOutAgainHasToPassAsManyChecks() {
        eject();
        story.run(Duration.ofSeconds(3));
        assertThat(ejection().isOut()).isFalse();

        eject();
        story.run(Duration.ofMillis(1_900));
        assertThat(ejection().isOut()).as("one check is not enough any more").isTrue();
        story.run(Duration.ofMillis(1_200));
        assertThat(ejection().isOut()).isFalse();
    }

    @Test
    void checksThatFailTakeAnEjectedOneOutForGood() {
        eject();
        story.health.put(2L, ProbeResult.silent("connection refused"));

        story.run(Duration.ofSeconds(4));

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).as("its successor").containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatIsOutAlreadyOrGoneIsNotPutOutAgain() {
        eject();
        eject();
        story.tick(new Fact.Ejected(Story.id(9), FailureReason.RESET, 1, "reset"));

        assertThat(ejection().times()).isEqualTo(1);
        assertThat(story.said(Kind.EJECTED)).hasSize(1);
    }

    private void eject() {
        story.tick(new Fact.Ejected(Story.id(2), FailureReason.CONNECT, 1, "connection refused"));
        assertThat(ejection().isOut()).isTrue();
    }

    private Ejection ejection() {
        return story.state().fleet().find(Story.id(2)).orElseThrow().ejection();
    }

    private static Rules rules() {
        EjectionPolicy policy = EjectionPolicy.standard().withTimeout(Duration.ofSeconds(10));
        return Story.rules(3, 3, ScalingPolicy.fixed(3), HealthPolicy.standard().withEjection(policy));
    }
}
