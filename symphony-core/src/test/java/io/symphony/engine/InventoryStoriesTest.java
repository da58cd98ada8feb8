package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs already when we come, what is found later, and what is missed in a list. */
class InventoryStoriesTest extends WantedStories {

    @Test
    void nothingStartsBeforeItIsKnownWhatRunsAlready() {
        Story story = new Story(rules(1, 10));

        story.tick();
        assertThat(story.ordered()).containsExactly(new Action.Survey());
        story.tick().tick();
        assertThat(story.starts()).isEmpty();

        story.tick(new Fact.Surveyed(List.of(), story.now()));
        assertThat(story.starts()).containsExactly(1L);
        assertThat(story.said(Kind.STARTING)).containsExactly("acts-1: started, because 0 of 1 are there");
    }

    @Test
    void whatRunsAlreadyIsTakenOverAndNumbersGoOn() {
        wanted.set(3);
        Story story = new Story(rules(1, 10));
        story.runningAlready.add(Story.sighting(4, Story.SPEC.version()));
        story.runningAlready.add(Story.sighting(7, "older"));

        story.run(Duration.ofMillis(200));

        assertThat(story.phase(4)).as("it has to show that it is well").isEqualTo(Phase.WARMING);
        assertThat(story.starts()).containsExactly(8L);
        assertThat(story.said(Kind.ADOPTED))
                .containsExactly(
                        "acts-4: taken over at 127.0.0.1:20004",
                        "acts-7: taken over at 127.0.0.1:20007, made from another version of the service");
        story.run(SECOND);
        assertThat(story.count(Phase.READY)).isEqualTo(3);
    }

    @Test
    void oneThatIsFoundLaterAndBelongsToNobodyIsStopped() {
        Story story = Story.withReady(1, rules(1, 10));
        story.runningAlready.add(Story.sighting(9, Story.SPEC.version()));

        story.run(Duration.ofSeconds(6));

        assertThat(story.stops()).containsExactly(9L);
        assertThat(story.said(Kind.STOPPING)).containsExactly("acts-9: runs but belongs to nobody, so it is stopped");
        wanted.set(2);
        story.run(SECOND);
        assertThat(story.starts()).as("its number is not given again").containsExactly(1L, 10L);
    }

    @Test
    void aListThatWasAskedForBeforeOneWentDoesNotBringItBack() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        long asked = story.now();
        wanted.set(1);
        story.tick().tick(new Fact.Drained(Story.id(2))).tick(new Fact.Stopped(Story.id(2), ""));

        story.tick(new Fact.Surveyed(
                List.of(Story.sighting(1, Story.SPEC.version()), Story.sighting(2, Story.SPEC.version())), asked));

        assertThat(story.knows(2)).isFalse();
        assertThat(story.stops()).containsExactly(2L);
    }

    @Test
    void oneThatIsNotAmongWhatRunsIsDeadEvenIfNobodyToldOfIt() {
        wanted.set(2);
        Story story = Story.withReady(2, rules(1, 10));
        story.run(SECOND);

        story.tick(new Fact.Surveyed(List.of(Story.sighting(1, Story.SPEC.version())), story.now()));

        assertThat(story.said(Kind.DIED)).containsExactly("acts-2: ended by itself: it is not among what runs");
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneThatCameUpAfterTheListWasAskedForIsNotMissedInIt() {
        Story story = new Story(rules(1, 10));
        story.run(Duration.ofMillis(300)); // the start of the first one has just been confirmed

        story.tick(new Fact.Surveyed(List.of(), story.now() - SECOND.toNanos()));

        assertThat(story.said(Kind.DIED)).isEmpty();
        assertThat(story.said(Kind.START_FAILED)).isEmpty();
    }

    @Test
    void oneThatMovedHasToShowItselfWellAtItsNewAddress() {
        Story story = Story.withReady(1, rules(1, 10));
        story.run(SECOND);
        Sighting moved = new Sighting(Story.id(1), Endpoint.local(30_000), Story.SPEC.version());
        story.probesAnswer = false;

        // A check of the old address comes back in the same moment.
        story.tick(new Fact.Surveyed(List.of(moved), story.now()), Story.probed(1, ProbeResult.well()));

        assertThat(story.phase(1)).isEqualTo(Phase.WARMING);
        assertThat(story.ordered()).contains(new Action.Probe(Story.id(1), Endpoint.local(30_000)));
        assertThat(story.said(Kind.WARMING)).last().isEqualTo("acts-1: moved from 127.0.0.1:20001 to 127.0.0.1:30000");
    }

    @Test
    void aRuntimeThatCannotListIsAskedAgainAtOnceAndThenEachSecond() {
        Story story = Story.withReady(1, rules(1, 10));
        story.run(Duration.ofSeconds(4)); // the next list is about to be due
        long before = story.ofKind(Action.Survey.class).count();
        story.listsAnswer = false;
        for (int tick = 0; tick < 300; tick++) {
            if (story.ordered().contains(new Action.Survey())) {
                story.tick(new Fact.SurveyFailed("no daemon"));
            } else {
                story.run(Story.TICK);
            }
        }

        assertThat(story.ofKind(Action.Survey.class).count() - before)
                .as("in half a minute")
                .isBetween(25L, 30L);
        assertThat(story.said(Kind.TROUBLE))
                .as("said once")
                .containsExactly(
                        "the runtime cannot say what runs: no daemon; what is known serves on, again in 0.0 s");
        assertThat(story.phase(1)).isEqualTo(Phase.READY);
    }

    /** Its absence is no fault of the replicas': it may not count as their failed starts, and have requests turned away. */
    @Test
    void whileTheRuntimeCannotSayWhatRunsNothingIsStarted() {
        Story story = Story.withReady(1, rules(1, 10));
        story.startsAnswer = false;
        story.listsAnswer = false;
        story.tick(new Fact.Vanished(Story.id(1), "killed"));
        assertThat(story.starts()).containsExactly(1L, 2L);

        story.tick(new Fact.StartFailed(Story.id(2), "no daemon"));
        assertThat(story.ordered()).as("whose fault it is").contains(new Action.Survey());
        story.tick(new Fact.SurveyFailed("no daemon")).run(Duration.ofSeconds(20));
        assertThat(story.starts()).containsExactly(1L, 2L);
        assertThat(story.state().isHopeless()).isFalse();

        story.startsAnswer = true;
        story.tick(new Fact.Surveyed(List.of(), story.now())).run(SECOND);
        assertThat(story.starts()).containsExactly(1L, 2L, 3L);
        assertThat(story.count(Phase.READY)).isEqualTo(1);
    }
}
