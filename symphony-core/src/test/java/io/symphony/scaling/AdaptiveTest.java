package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * No-number scaling beside targets that were tuned by hand for a replica with 8 workers of 50 ms: it carries 160 requests a
 * second, so 112 are 70 % of it. All in virtual time and from one seed.
 */
class AdaptiveTest {

    private static final Duration TWENTY_MINUTES = Duration.ofMinutes(20);
    private static final Duration SERVICE = Duration.ofMillis(50);

    private static double wave(double seconds) {
        return 600 + 300 * Math.sin(seconds / 600 * 2 * Math.PI);
    }

    private static double steady(double seconds) {
        return 600;
    }

    private static Rehearsal auto(DoubleUnaryOperator rate) {
        return new Rehearsal(ScalingPolicy.auto().steady(), rate);
    }

    private static Rehearsal tuned(DoubleUnaryOperator rate) {
        return new Rehearsal(
                ScalingPolicy.requestsPerSecond(112, Duration.ofSeconds(10)).steady(), rate);
    }

    @Test
    void whereNothingChangesItIsAsGoodAsATargetTunedByHand() {
        Rehearsal auto = auto(AdaptiveTest::wave).run(TWENTY_MINUTES).run(TWENTY_MINUTES);
        Rehearsal tuned = tuned(AdaptiveTest::wave).run(TWENTY_MINUTES).run(TWENTY_MINUTES);

        assertThat(auto.latePercent()).as("%s%n%s", auto, tuned).isLessThanOrEqualTo(tuned.latePercent());
        assertThat(auto.replicaSeconds).as("%s%n%s", auto, tuned).isLessThan(1.25 * tuned.replicaSeconds);
    }

    @Test
    void whereReplicasLoseHalfOfTheirWorkersItGoesOnAndTheTunedTargetDrowns() {
        Rehearsal auto =
                auto(AdaptiveTest::wave).run(TWENTY_MINUTES).with(4, SERVICE).run(TWENTY_MINUTES);
        Rehearsal tuned =
                tuned(AdaptiveTest::wave).run(TWENTY_MINUTES).with(4, SERVICE).run(TWENTY_MINUTES);

        assertThat(auto.latePercent()).as("%s%n%s", auto, tuned).isLessThan(5);
        assertThat(tuned.latePercent()).as("%s%n%s", auto, tuned).isGreaterThan(40);
    }

    @Test
    void whereEachRequestTakesTwiceAsLongItFindsTheNewRest() {
        Rehearsal auto = auto(AdaptiveTest::steady)
                .run(TWENTY_MINUTES)
                .with(8, SERVICE.multipliedBy(2))
                .run(TWENTY_MINUTES);
        Rehearsal tuned = tuned(AdaptiveTest::steady)
                .run(TWENTY_MINUTES)
                .with(8, SERVICE.multipliedBy(2))
                .run(TWENTY_MINUTES);

        assertThat(auto.latePercent()).as("%s%n%s", auto, tuned).isLessThan(10);
        assertThat(tuned.latePercent()).as("%s%n%s", auto, tuned).isGreaterThan(40);
        assertThat(auto.replicas()).as("it does not run away").isLessThan(25);
    }

    @Test
    void whereReplicasGetTwiceAsManyWorkersItNeedsFewer() {
        Rehearsal auto =
                auto(AdaptiveTest::wave).run(TWENTY_MINUTES).with(16, SERVICE).run(TWENTY_MINUTES);
        Rehearsal tuned =
                tuned(AdaptiveTest::wave).run(TWENTY_MINUTES).with(16, SERVICE).run(TWENTY_MINUTES);

        assertThat(auto.replicaSeconds).as("%s%n%s", auto, tuned).isLessThan(0.95 * tuned.replicaSeconds);
        assertThat(auto.latePercent()).as("%s%n%s", auto, tuned).isLessThanOrEqualTo(tuned.latePercent());
    }

    @Test
    void aFewRequestsAreNotMistakenForAnOverload() {
        Rehearsal auto = auto(time -> 3).run(TWENTY_MINUTES);

        assertThat(auto.replicas()).isLessThanOrEqualTo(2);
        assertThat(auto.replicaSeconds).as("%s", auto).isLessThan(2.5 * TWENTY_MINUTES.toSeconds());
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
        Rehearsal auto = auto(AdaptiveTest::steady).run(Duration.ofMinutes(5));

        assertThat(auto.reason())
                .matches("\\d+\\.\\d requests a second(, [\\d.]+ soon)?, at \\d+\\.\\d a replica as learned "
                        + "\\([\\d.]+ ms, [\\d.]+ ms at rest\\).*");
    }
}
