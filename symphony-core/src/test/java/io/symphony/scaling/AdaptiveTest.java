package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.rehearsal.Outcome;
import io.symphony.rehearsal.Rehearsal;
import io.symphony.rehearsal.ServiceModel;
import io.symphony.rehearsal.Trace;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * No-number scaling beside targets that were tuned by hand for a replica with 8 workers of 50 ms: it carries 160 requests a
 * second, so 112 are 70 % of it. All in virtual time and from one seed.
 */
class AdaptiveTest {

    private static final int TWENTY_MINUTES = 1_200;
    private static final ServiceModel SERVICE = ServiceModel.standard();
    private static final Rehearsal WAVE =
            rehearsal(2 * TWENTY_MINUTES, second -> 600 + 300 * Math.sin(second / 600.0 * 2 * Math.PI));
    private static final Rehearsal STEADY = steady(2 * TWENTY_MINUTES, 600);

    private static Rehearsal steady(int seconds, int requestsASecond) {
        return rehearsal(seconds, second -> requestsASecond);
    }

    private static Rehearsal rehearsal(int seconds, IntToDoubleFunction rate) {
        int[] requests = IntStream.range(0, seconds)
                .map(second -> (int) Math.round(rate.applyAsDouble(second)))
                .toArray();
        return Rehearsal.of(Trace.of("by a formula", requests)).between(1, 40);
    }

    private static Outcome auto(Rehearsal rehearsal) {
        return rehearsal.play(ScalingPolicy.auto().steady());
    }

    private static Outcome tuned(Rehearsal rehearsal) {
        return rehearsal.play(
                ScalingPolicy.requestsPerSecond(112, Duration.ofSeconds(10)).steady());
    }

    @Test
    void whereNothingChangesItIsAsGoodAsATargetTunedByHand() {
        Outcome auto = auto(WAVE);
        Outcome tuned = tuned(WAVE);

        assertThat(auto.lateShare()).as("%s%n%s", auto, tuned).isLessThan(tuned.lateShare() + 0.005);
        assertThat(auto.replicaSeconds()).as("%s%n%s", auto, tuned).isLessThan(tuned.replicaSeconds());
    }

    @Test
    void whereReplicasLoseHalfOfTheirWorkersItGoesOnAndTheTunedTargetDrowns() {
        Rehearsal slower = WAVE.from(TWENTY_MINUTES, SERVICE.withConcurrency(4));
        Outcome auto = auto(slower);
        Outcome tuned = tuned(slower);

        assertThat(auto.lateShare()).as("%s%n%s", auto, tuned).isLessThan(0.05);
        assertThat(tuned.lateShare()).as("%s%n%s", auto, tuned).isGreaterThan(0.4);
    }

    @Test
    void whereEachRequestTakesTwiceAsLongItFindsTheNewRest() {
        Rehearsal slower = STEADY.from(TWENTY_MINUTES, SERVICE.withServiceTime(Duration.ofMillis(100)));
        Outcome auto = auto(slower);
        Outcome tuned = tuned(slower);

        assertThat(auto.lateShare()).as("%s%n%s", auto, tuned).isLessThan(0.1);
        assertThat(tuned.lateShare()).as("%s%n%s", auto, tuned).isGreaterThan(0.4);
        assertThat(auto.mostReady()).as("it does not run away").isLessThan(25);
    }

    @Test
    void whereReplicasGetTwiceAsManyWorkersItNeedsFewer() {
        Rehearsal faster = WAVE.from(TWENTY_MINUTES, SERVICE.withConcurrency(16));
        Outcome auto = auto(faster);
        Outcome tuned = tuned(faster);

        assertThat(auto.replicaSeconds()).as("%s%n%s", auto, tuned).isLessThan(0.85 * tuned.replicaSeconds());
        assertThat(auto.lateShare()).as("%s%n%s", auto, tuned).isLessThan(tuned.lateShare() + 0.005);
    }

    @Test
    void aFewRequestsAreNotMistakenForAnOverload() {
        assertThat(auto(steady(TWENTY_MINUTES, 3)).mostReady()).isLessThanOrEqualTo(2);
    }

    @Test
    void withoutARecordThereIsNoDecision() {
        Scene scene = new Scene(ScalingPolicy.auto()).of(3).at(100).recordedSince(100);

        assertThat(scene.decide()).isEqualTo(Target.undecided(3, "no traffic is on record yet"));
    }

    @Test
    void untilItKnowsWhatAReplicaCarriesItChangesNothing() {
        assertThat(new Scene(ScalingPolicy.auto()).of(3).at(100).decide())
                .isEqualTo(new Target(3, "it is not known yet what a replica carries"));
        assertThat(new Scene(ScalingPolicy.auto()).of(3).at(100).idle().decide())
                .isEqualTo(new Target(0, "no requests over the last 5 s"));
    }

    @Test
    void theReasonHasWhatWasLearned() {
        List<Change> changes = auto(steady(300, 600)).decisions();

        assertThat(changes.get(changes.size() - 1).reason())
                .matches("\\d+\\.\\d requests a second(, [\\d.]+ soon)?( and \\d+ to be worked off in \\d+ s)?, at"
                        + " \\d+\\.\\d a replica as learned \\([\\d.]+ ms, [\\d.]+ ms at rest\\).*");
    }
}
