package io.symphony.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.Target;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RehearsalTest {

    private static final Logger LOG = LoggerFactory.getLogger(RehearsalTest.class);
    private static final ServiceModel ONE_WORKER =
            ServiceModel.standard().withConcurrency(1).withServiceTime(Duration.ofMillis(100));
    private static final ScalingPolicy RPS = ScalingPolicy.requestsPerSecond(10, Duration.ofSeconds(10));

    private static Trace steady(int requestsASecond, int seconds) {
        int[] requests = new int[seconds];
        Arrays.fill(requests, requestsASecond);
        return Trace.of("steady", requests);
    }

    /** With one worker and times spread exponentially, e^-((1000 - 500) x 0.0025) of them take longer than 2.5 ms. */
    @Test
    void waitingIsWhatQueueingTheorySays() {
        Outcome outcome = Rehearsal.of(steady(500, 400))
                .on(ONE_WORKER.withServiceTime(Duration.ofMillis(1)))
                .within(Duration.ofNanos(2_500_000))
                .between(1, 1)
                .play(ScalingPolicy.fixed(1));

        assertThat(outcome.requests()).isEqualTo(200_000);
        assertThat(outcome.lateShare()).isEqualTo(Math.exp(-1.25), within(0.01));
        assertThat(outcome.shed()).isZero();
        assertThat(outcome.replicaSeconds()).isEqualTo(400);
        assertThat(outcome.changes()).isZero();
    }

    @Test
    void whoWaitsTooLongGoesAndIsCounted() {
        Outcome outcome =
                Rehearsal.of(steady(20, 600)).on(ONE_WORKER).between(1, 1).play(ScalingPolicy.fixed(1));

        assertThat(outcome.shed())
                .as("half of them, once the queue is as long as they are patient")
                .isBetween(5_500L, 6_000L);
        assertThat(outcome.late()).isGreaterThan(11_500);
        assertThat(outcome.mostWaiting()).as("ten seconds of patience").isBetween(100L, 350L);
    }

    @Test
    void replicasComeOnceTheirStartTimeIsOver() {
        ScalingPolicy three = ScalingPolicy.fixed(3);
        Outcome outcome = Rehearsal.of(steady(1, 30))
                .between(1, 3)
                .play(view -> view.sample().requests() < 5 ? Target.undecided(1, "wait") : three.decide(view));

        assertThat(outcome.moments().get(4).wanted()).isEqualTo(3);
        assertThat(outcome.moments().get(11).ready()).isEqualTo(1);
        assertThat(outcome.moments().get(13).ready()).isEqualTo(3);
        assertThat(outcome.changes()).isEqualTo(2);
        assertThat(outcome.decisions()).hasSize(1);
    }

    @Test
    void whoFindsNoReplicaWaitsForTheFirst() {
        int[] requests = new int[600];
        requests[0] = 1;
        requests[400] = 200;
        Outcome outcome =
                Rehearsal.of(Trace.of("burst", requests)).between(0, 5).play(RPS);

        assertThat(outcome.moments().get(399).ready()).isZero();
        assertThat(outcome.moments().get(405).waiting()).isEqualTo(200);
        assertThat(outcome.shed()).isZero();
        assertThat(outcome.late()).isEqualTo(200);
    }

    @Test
    void aReplicaMayChangeInTheMiddle() {
        Rehearsal rehearsal = Rehearsal.of(steady(5, 2_000)).on(ONE_WORKER).between(1, 1);

        Outcome before = rehearsal.play(ScalingPolicy.fixed(1));
        Outcome after = rehearsal.from(1_000, ONE_WORKER.withConcurrency(4)).play(ScalingPolicy.fixed(1));

        assertThat(after.lateShare()).isLessThan(0.75 * before.lateShare());
        assertThatThrownBy(() -> rehearsal.from(0, ONE_WORKER)).hasMessage("second: 0 (expected: > 0)");
    }

    @Test
    void theSameRehearsalHasTheSameOutcome() {
        Rehearsal rehearsal = Rehearsal.of(Trace.square()).between(1, 40);

        assertThat(rehearsal.play(RPS)).usingRecursiveComparison().isEqualTo(rehearsal.play(RPS));
    }

    /** {@code -Dsymphony.rehearsed.seconds=3600} plays the hour that docs/scaling.md tells of. */
    @Test
    void aThousandReplicas() {
        int seconds = Integer.getInteger("symphony.rehearsed.seconds", 120);
        long begun = System.nanoTime();

        Outcome outcome = Rehearsal.of(steady(9_500, seconds)).between(1, 1_000).play(RPS);

        LOG.warn(
                "{} s of 1,000 replicas in {} ms: {}",
                seconds,
                Duration.ofNanos(System.nanoTime() - begun).toMillis(),
                outcome);
        assertThat(outcome.mostReady()).isBetween(950, 960);
    }
}
