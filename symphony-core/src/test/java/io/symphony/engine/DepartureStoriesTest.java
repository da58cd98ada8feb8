package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How replicas leave: drained, taken back, cut short, ordered to go, or all at the end. */
class DepartureStoriesTest extends WantedStories {

    @Test
    void oneThatStillFinishesIsTakenBackAtNoCostWhenLoadReturns() {
        wanted.set(3);
        Story story = Story.withReady(3, rules(1, 10));
        story.inside.putAll(Map.of(1L, 5, 2L, 1, 3L, 2));
        wanted.set(1);
        story.tick();
        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.phase(3)).isEqualTo(Phase.DRAINING);

        wanted.set(2);
        story.run(SECOND);

        assertThat(story.count(Phase.READY)).isEqualTo(2);
        assertThat(story.starts()).as("nothing had to start").containsExactly(1L, 2L, 3L);
        assertThat(story.said(Kind.READY))
                .contains("acts-2: taken back with 1 request inside, 0.1 s after its gate was shut");
        wanted.set(4);
        story.tick();
        assertThat(story.phase(3)).isEqualTo(Phase.READY);
        assertThat(story.starts()).as("one is still missing").containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void oneThatWasDrainedByHandIsNotTakenBack() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.inside.putAll(Map.of(1L, 5, 2L, 1));
        wanted.set(1);
        story.tick();
        story.tick(new Fact.DrainOrdered(Story.id(2)));

        wanted.set(2);
        story.tick();

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneThatFailsItsChecksWhileItLeavesIsNotTakenBack() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.inside.putAll(Map.of(1L, 5, 2L, 1));
        story.health.put(2L, ProbeResult.unwell("503"));
        wanted.set(1);
        story.run(Duration.ofSeconds(3));

        wanted.set(2);
        story.tick();

        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aDrainThatTakesTooLongIsCutShort() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.inside.put(1L, 4);
        story.inside.put(2L, 3);
        wanted.set(1);

        story.run(Duration.ofSeconds(30));
        story.tick();
        assertThat(story.phase(2)).isEqualTo(Phase.DRAINING);
        story.tick();
        assertThat(story.phase(2)).isEqualTo(Phase.STOPPING);
        assertThat(story.said(Kind.STOPPING))
                .containsExactly("acts-2: stopped with 3 requests inside, 30.0 s after its gate was shut");
    }

    @Test
    void aStopThatFailsIsRepeated() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.stopsAnswer = false;
        wanted.set(1);
        story.tick().tick(new Fact.Drained(Story.id(2)));
        assertThat(story.stops()).containsExactly(2L);

        Fact failed = new Fact.StopFailed(Story.id(2), "permission denied");
        story.tick(failed);
        assertThat(story.stops()).as("again at once").containsExactly(2L, 2L);
        story.tick(failed);
        story.run(Duration.ofMillis(900));
        assertThat(story.stops()).containsExactly(2L, 2L);
        story.run(Story.TICK);
        assertThat(story.stops()).as("and after a second").containsExactly(2L, 2L, 2L);
        story.tick(new Fact.Stopped(Story.id(2), ""));
        assertThat(story.knows(2)).isFalse();
        assertThat(story.said(Kind.TROUBLE))
                .containsExactly(
                        "acts-2: could not be stopped: permission denied; again in 0.0 s",
                        "acts-2: could not be stopped: permission denied; again in 1.0 s");
    }

    @Test
    void anOrderToDrainIsCarriedOutAndTheReplicaReplaced() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));

        story.tick(new Fact.DrainOrdered(Story.id(1)), new Fact.DrainOrdered(Story.id(99)));

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
        assertThat(story.said(Kind.DRAINING)).containsExactly("acts-1: leaves, as was ordered");
    }

    @Test
    void anOrderToEndDrainsStopsAndThenEnds() {
        wanted.set(3);
        Story story = Story.withReady(2, rules(2, 2));
        story.tick(new Fact.EndOrdered());
        assertThat(story.count(Phase.DRAINING)).isEqualTo(2);
        assertThat(story.state().ended()).isFalse();

        story.tick(new Fact.Drained(Story.id(1)), new Fact.Drained(Story.id(2)));
        assertThat(story.stops()).containsExactly(1L, 2L);
        story.tick(new Fact.Stopped(Story.id(1), ""));
        assertThat(story.state().ended()).isFalse();
        story.tick(new Fact.Stopped(Story.id(2), ""));
        assertThat(story.state().ended()).isTrue();
        assertThat(story.starts()).containsExactly(1L, 2L);
    }

    @Test
    void anOrderToEndWaitsForAStartThatIsUnderWay() {
        Story story = new Story(rules(1, 10));
        story.startsAnswer = false;
        story.run(Duration.ofMillis(200));
        story.tick(new Fact.EndOrdered());
        assertThat(story.state().ended()).isFalse();

        story.tick(Story.started(1));
        assertThat(story.stops()).containsExactly(1L);
        story.tick(new Fact.Stopped(Story.id(1), ""));
        assertThat(story.state().ended()).isTrue();
    }

    @Test
    void replicasThatCannotServeAreLetGoAtTheEndToo() {
        Story story = Story.withReady(1, rules(1, 10));
        story.health.put(1L, ProbeResult.unwell("status 500"));
        story.health.put(2L, ProbeResult.silent("refused"));
        story.run(Duration.ofSeconds(5));
        assertThat(story.phase(1)).isEqualTo(Phase.SUSPECT);

        story.tick(new Fact.EndOrdered());

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.phase(2)).isEqualTo(Phase.STOPPING);
    }
}
