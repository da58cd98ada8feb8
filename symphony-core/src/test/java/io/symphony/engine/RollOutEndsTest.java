package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.engine.Fact.RollOutOrdered;
import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.RollOutResult;
import io.symphony.rollout.RollOutResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever orders a roll-out hears what has become of it, and not too soon. */
class RollOutEndsTest extends RollOutScene {

    private final RollOutEnds ends = new RollOutEnds(Runnable::run);
    private final Story story = ofThree();

    @Test
    void itIsDoneWhenAllAreOfTheNewVersion() {
        CompletableFuture<RollOutResult> end = order(NEW);
        story.run(Duration.ofSeconds(40));
        assertThat(isTold(end)).isFalse();

        story.run(Duration.ofSeconds(8));
        assertThat(isTold(end)).isTrue();
        assertThat(told(end).isDone()).isTrue();
        assertThat(told(end).reason()).startsWith("all 3 replicas are " + NEW.version());
    }

    @Test
    void whatWasThereBeforeTheOrderWasLearnedIsNoAnswer() {
        CompletableFuture<RollOutResult> end = asked(new RollOutOrdered(NEW));

        assertThat(isTold(end)).isFalse();
    }

    @Test
    void itIsRevertedWhenItWentBack() {
        CompletableFuture<RollOutResult> end = order(NEW);
        story.run(SECOND).tick(new Fact.RollOutSteered(Course.ABORT));
        story.run(Duration.ofSeconds(2));

        assertThat(isTold(end)).isTrue();
        assertThat(told(end).outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(told(end).reason()).endsWith("aborted, as was ordered");
    }

    @Test
    void aPausedOneHasNotEnded() {
        CompletableFuture<RollOutResult> end = order(NEW);
        story.run(SECOND).tick(new Fact.RollOutSteered(Course.PAUSE));
        story.run(Duration.ofMinutes(5));

        assertThat(isTold(end)).isFalse();
    }

    @Test
    void anotherOrderSupersedesIt() {
        CompletableFuture<RollOutResult> first = order(NEW);
        CompletableFuture<RollOutResult> second = order(OTHER);

        assertThat(isTold(first)).isTrue();
        assertThat(told(first).outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(isTold(second)).isFalse();
    }

    @Test
    void whoOrdersTheFormerVersionAgainIsDoneWhenAllAreOfThat() {
        CompletableFuture<RollOutResult> there = order(NEW);
        story.run(Duration.ofSeconds(18));
        CompletableFuture<RollOutResult> back = order(OLD);
        story.run(SECOND);

        assertThat(isTold(there)).isTrue();
        assertThat(told(there).outcome()).isEqualTo(Outcome.REVERTED);
        assertThat(told(back).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void theVersionThatIsThereIsDoneAtOnce() {
        assertThat(told(order(OLD)).isDone()).isTrue();
    }

    @Test
    void nobodyIsLeftWaitingWhenTheOrchestratorCloses() {
        CompletableFuture<RollOutResult> before = order(NEW);
        ends.close();
        CompletableFuture<RollOutResult> after = asked(new RollOutOrdered(OTHER));

        assertThat(told(before)).isEqualTo(new RollOutResult(Outcome.CLOSED, "the orchestrator was closed"));
        assertThat(told(after).outcome()).isEqualTo(Outcome.CLOSED);
    }

    private CompletableFuture<RollOutResult> order(ServiceSpec spec) {
        RollOutOrdered order = new RollOutOrdered(spec);
        CompletableFuture<RollOutResult> end = asked(order);
        story.tick(order);
        ends.look(List.of(order), story.state().rollOut());
        return end;
    }

    private CompletableFuture<RollOutResult> asked(RollOutOrdered order) {
        return ends.of(order).toCompletableFuture();
    }

    private boolean isTold(CompletableFuture<RollOutResult> end) {
        ends.look(List.of(), story.state().rollOut());
        return end.isDone();
    }

    private static RollOutResult told(CompletableFuture<RollOutResult> end) {
        return end.getNow(null);
    }
}
