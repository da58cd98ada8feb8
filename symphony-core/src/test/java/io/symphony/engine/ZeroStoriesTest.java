package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.Target;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How the last replica goes where none may be, and comes back. */
class ZeroStoriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(30);

    /** What the policy wants; a test changes its mind. */
    private final AtomicInteger wanted = new AtomicInteger(1);

    private final Story story = Story.withReady(1, rules());

    @Test
    void theLastOneGoesWhenNobodyHasAskedForAWhile() {
        story.run(Duration.ofSeconds(20));
        story.requests++;
        story.run(QUIET);
        assertThat(story.count(Phase.READY)).as("counted from the last request").isEqualTo(1);

        story.tick();

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.said(Kind.SCALED)).containsExactly("1 -> 0: no request for 30.0 s");
        assertThat(atZero().state().fleet()).isEmpty();
    }

    @Test
    void itStaysWhileSomebodyWaitsOrAPolicyWantsMore() {
        story.waiting = 1;
        story.run(QUIET.multipliedBy(2));
        assertThat(story.count(Phase.READY)).isEqualTo(1);

        story.waiting = 0;
        wanted.set(2);
        story.run(QUIET.multipliedBy(2));
        assertThat(story.count(Phase.READY))
                .as("a schedule, or a queue of its own")
                .isEqualTo(2);
    }

    @Test
    void aPolicyThatWantsNoneDoesNotGetItBefore() {
        wanted.set(0);
        story.run(SECOND);

        assertThat(story.state().target())
                .isEqualTo(new Target(0, "").answered(1, "wanted; one kept until no request came for 30.0 s"));
        assertThat(story.said(Kind.SCALED)).isEmpty();
    }

    @Test
    void anArrivalStartsOneInTheSameTick() {
        atZero().tick(new Fact.Arrived());

        assertThat(story.starts()).containsExactly(1L, 2L);
        assertThat(story.said(Kind.SCALED)).last().isEqualTo("0 -> 1: a request came");
        story.run(QUIET);
        assertThat(story.count(Phase.READY)).as("and it stays as long as any").isEqualTo(1);
    }

    @Test
    void aStartThatTakesLongerThanTheQuietIsNotGivenUp() {
        atZero().startsAnswer = false;
        story.tick(new Fact.Arrived());
        story.run(QUIET.multipliedBy(2));
        assertThat(story.count(Phase.STARTING)).isEqualTo(1);

        story.tick(Story.started(2));
        story.run(SECOND);

        assertThat(story.phase(2)).isEqualTo(Phase.READY);
    }

    @Test
    void aRequestThatOnlyTheCountShowsStartsOneToo() {
        atZero().requests++;
        story.tick();

        assertThat(story.starts()).containsExactly(1L, 2L);
    }

    @Test
    void aPolicyMayWantSomeWhileNobodyAsks() {
        atZero();
        wanted.set(3);
        story.run(SECOND);

        assertThat(story.count(Phase.READY)).isEqualTo(3);
    }

    @Test
    void anOrderToHaveNoneHolds() {
        story.tick(new Fact.ScaleOrdered(OptionalInt.of(0)), new Fact.Arrived());

        assertThat(story.phase(1)).isEqualTo(Phase.DRAINING);
        assertThat(story.state().target()).isEqualTo(Target.undecided(0, "ordered by hand"));
    }

    @Test
    void waitingIsHopelessOnceThreeStartsInARowHaveFailed() {
        atZero().startsAnswer = false;
        story.tick(new Fact.Arrived());
        story.waiting = 1;
        for (long number = 2; number <= 4; number++) {
            assertThat(story.state().isHopeless()).isFalse();
            awaitStart(number);
            story.tick(new Fact.StartFailed(Story.id(number), "acts: no such file\nits last words"));
        }

        assertThat(story.state().isHopeless()).isTrue();
        assertThat(story.state().trouble()).isEqualTo("3 starts failed in a row, the last: acts: no such file");
        awaitStart(5);
        assertThat(story.state().isHopeless()).as("while the next is tried").isFalse();
    }

    @Test
    void aVersionThatIsRolledOutShowsItselfFirst() {
        ServiceSpec next = Story.SPEC.withEnv("VERSION", "2");
        atZero().tick(new Fact.RollOutOrdered(next));
        assertThat(story.state().target().replicas()).isEqualTo(1);

        story.run(QUIET);

        assertThat(story.said(Kind.ROLL_OUT)).last().asString().startsWith("all 1 replicas are " + next.version());
        atZero();
    }

    private void awaitStart(long number) {
        for (int tick = 0; tick < 100 && !story.starts().contains(number); tick++) {
            story.run(Story.TICK);
        }
        assertThat(story.starts()).contains(number);
    }

    private Story atZero() {
        story.drainsEnd = true;
        story.run(QUIET.plus(SECOND));
        assertThat(story.state().fleet().size()).isZero();
        return story;
    }

    private Rules rules() {
        ScalingPolicy policy = view -> new Target(wanted.get(), "wanted");
        return Story.rules(0, 10, policy, new Restraint(QUIET, 1_000));
    }
}
