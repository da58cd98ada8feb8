package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Starts: waited for, given up, repeated less and less often. */
class StartingStoriesTest {

    private static final ProbeResult SILENT = ProbeResult.silent("connection refused");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aReplicaServesOnlyAfterSoManyPassedChecks() {
        Story story = new Story(Story.rules(
                1, 1, ScalingPolicy.fixed(1), HealthPolicy.standard().withRise(2)));
        story.probesAnswer = false;
        story.run(Duration.ofMillis(500));

        story.tick(Story.probed(1, ProbeResult.well()));
        assertThat(story.phase(1)).isEqualTo(Phase.WARMING);
        story.tick();
        story.tick(Story.probed(1, ProbeResult.well()));
        assertThat(story.phase(1)).isEqualTo(Phase.READY);
    }

    @Test
    void aLateStartIsWaitedForAndAskedOften() {
        Story story = new Story(Story.fixed(1));
        story.health.put(1L, SILENT);

        story.run(Duration.ofSeconds(40));
        assertThat(story.phase(1)).as("not well yet, and not too late").isEqualTo(Phase.WARMING);

        story.health.remove(1L);
        story.run(SECOND.plus(Story.TICK));
        assertThat(story.phase(1)).isEqualTo(Phase.READY);
        assertThat(story.starts()).containsExactly(1L);
    }

    @Test
    void aStartThatNeverBecomesWellIsGivenUpAndItsOutputReported() {
        Story story = new Story(Story.fixed(1));
        story.health.put(1L, SILENT);

        story.run(Duration.ofSeconds(61));

        assertThat(story.said(Kind.START_FAILED))
                .singleElement()
                .asString()
                .startsWith("acts-1: not well within 60.0 s after ")
                .endsWith("failed checks in a row; the first failure, tried again at once");
        assertThat(story.ofKind(Action.Stop.class).findFirst())
                .contains(new Action.Stop(Story.id(1), Duration.ofSeconds(10), true));
        assertThat(story.said(Kind.GONE)).containsExactly("acts-1: gone; its last output:\nits last words");
        assertThat(story.phase(2)).isEqualTo(Phase.READY);
    }

    @Test
    void aReplicaThatServedEndsWithoutItsOutput() {
        Story story = Story.withReady(2, Story.rules(1, 2, shrinking(2, 1)));

        story.run(Duration.ofSeconds(61)).tick(new Fact.Drained(Story.id(2)));

        assertThat(story.ofKind(Action.Stop.class))
                .containsExactly(new Action.Stop(Story.id(2), Duration.ofSeconds(10), false));
    }

    @Test
    void aReplicaThatEndsByItselfIsReplacedAtOnce() {
        Story story = Story.withReady(2, Story.fixed(2));
        story.run(Duration.ofSeconds(20));

        story.tick(new Fact.Vanished(Story.id(2), "exit code 137"));

        assertThat(story.phase(2)).isEqualTo(Phase.STOPPING);
        assertThat(story.ordered()).contains(new Action.Start(Story.id(3), Story.SPEC));
        assertThat(story.said(Kind.DIED)).containsExactly("acts-2: ended by itself: exit code 137");
    }

    @Test
    void aNewsOfDeathThatComesTwiceIsOneDeath() {
        Story story = Story.withReady(1, Story.fixed(1));
        story.tick(new Fact.Vanished(Story.id(1), "once"), new Fact.Vanished(Story.id(1), "twice"));
        story.tick(new Fact.Stopped(Story.id(1), ""));
        story.tick(new Fact.Vanished(Story.id(1), "three times"));

        assertThat(story.said(Kind.DIED)).containsExactly("acts-1: ended by itself: once");
        assertThat(story.starts()).containsExactly(1L, 2L);
    }

    @Test
    void aCrashLoopBacksOff() {
        Story story = Story.withReady(1, Story.fixed(1));
        // It gets well each time and dies at once.
        for (int second = 0; second < 60; second++) {
            for (var replica : story.state().fleet()) {
                if (replica.phase() == Phase.READY) {
                    story.tick(new Fact.Vanished(replica.id(), "exit code 1"));
                }
            }
            story.run(SECOND);
        }

        // After 0, 1, 2, 4, 8, 16 and 30 seconds: seven starts a minute, rather than sixty.
        assertThat(story.starts()).hasSizeBetween(6, 8);
        assertThat(story.said(Kind.DIED)).hasSameSizeAs(story.said(Kind.READY));
    }

    @Test
    void startsThatFailAreRepeatedOneAtATimeAndLessAndLessOften() {
        Story story = new Story(Story.fixed(4));
        story.startsAnswer = false;
        story.run(Duration.ofMillis(300));
        assertThat(story.starts()).containsExactly(1L, 2L, 3L, 4L);

        story.tick(failed(1), failed(2), failed(3), failed(4));
        assertThat(story.said(Kind.START_FAILED))
                .containsExactly(
                        "acts-1: no such image; the first failure, tried again at once",
                        "acts-2: no such image; 2 failures in a row, the next start in 1.0 s",
                        "acts-3: no such image; 2 failures in a row, the next start in 1.0 s",
                        "acts-4: no such image; 2 failures in a row, the next start in 1.0 s");
        story.run(SECOND.minus(Story.TICK));
        assertThat(story.starts()).hasSize(4);
        story.run(Story.TICK);
        assertThat(story.starts()).as("one finds out whether it works now").containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(story.stops())
                .as("what is left of the failed ones is cleared away")
                .containsExactly(1L, 2L, 3L, 4L);

        story.startsAnswer = true;
        story.tick(Story.started(5));
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(4);
    }

    @Test
    void oneThatEndsWhileItIsStartedIsAFailedStart() {
        Story story = new Story(Story.fixed(1));
        story.startsAnswer = false;
        story.run(Duration.ofMillis(200));

        story.tick(new Fact.Vanished(Story.id(1), "exit code 1"));
        assertThat(story.phase(1)).as("its start is still under way").isEqualTo(Phase.STARTING);
        assertThat(story.stops()).isEmpty();

        story.tick(Story.started(1));
        assertThat(story.phase(1)).isEqualTo(Phase.STOPPING);
        assertThat(story.stops()).containsExactly(1L);
        assertThat(story.said(Kind.START_FAILED)).hasSize(1);
    }

    @Test
    void oneThatComesUpAfterItWasGivenUpIsStopped() {
        Story story = Story.withReady(1, Story.fixed(1));

        story.tick(Story.started(77));

        assertThat(story.phase(77)).isEqualTo(Phase.STOPPING);
        assertThat(story.ordered()).contains(new Action.Stop(Story.id(77), Duration.ofSeconds(10), true));
        assertThat(story.said(Kind.STOPPING))
                .containsExactly("acts-77: came up after it had been given up, so it is stopped");
    }

    private static Fact failed(long number) {
        return new Fact.StartFailed(Story.id(number), "no such image");
    }

    /** The one number for a minute, and then the other. */
    private static ScalingPolicy shrinking(int first, int then) {
        return view -> ScalingPolicy.fixed(view.elapsed().toSeconds() < 60 ? first : then)
                .decide(view);
    }
}
