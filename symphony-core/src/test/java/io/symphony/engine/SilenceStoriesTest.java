package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Ejection.Stage;
import io.symphony.fleet.Phase;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that take requests and answer none. Three of them, 500 requests a second, 5 ms each, unless a test says other. */
class SilenceStoriesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private Ward ward = ward(3);

    @BeforeEach
    void serve() {
        ward.run(Duration.ofSeconds(10));
        assertThat(ward.state().fleet().count(Phase.READY)).isEqualTo(3);
        assertThat(ward.said(Kind.SUSPECT)).isEmpty();
    }

    @Test
    void oneThatAnswersNothingIsOutLongBeforeItsChecksFail() {
        ward.hung.add(2L);

        ward.run(Duration.ofMillis(400));

        assertThat(stage(2)).isEqualTo(Stage.SILENT);
        assertThat(ward.inside(2)).as("those of 300 ms").isLessThanOrEqualTo(67);
        assertThat(ward.said(Kind.SUSPECT))
                .singleElement()
                .asString()
                .matches("acts-2: out of the rotation: no answer for 0.3 s with \\d+ inside, while the others answered"
                        + " \\d+");
        int stuck = ward.inside(2);
        ward.run(Duration.ofMillis(500));
        assertThat(ward.inside(2)).as("nobody else goes there").isEqualTo(stuck);
    }

    @Test
    void oneThatAnswersAgainServesAgainAtOnce() {
        ward.hung.add(2L);
        ward.run(Duration.ofMillis(400));
        ward.hung.clear();

        ward.run(Duration.ofMillis(200));

        assertThat(stage(2)).isEqualTo(Stage.IN);
        assertThat(ward.said(Kind.REINSTATED)).singleElement().asString().contains("serves again: it answers again, ");
    }

    @Test
    void oneThatNobodyWaitsForIsTriedWithOneRequestAtATime() {
        long before = ward.turnedAway();
        ward.hung.add(2L);
        ward.run(Duration.ofMillis(400)).allLeave(2);

        ward.run(SECOND.plus(Story.TICK));
        assertThat(stage(2)).isEqualTo(Stage.ON_TRIAL);
        ward.run(Duration.ofMillis(200));
        assertThat(ward.inside(2)).isEqualTo(1);
        assertThat(ward.turnedAway()).as("there is room beside it").isEqualTo(before);

        // It still hangs: twice as long until the next trial.
        ward.run(SECOND).allLeave(2);
        assertThat(stage(2)).isEqualTo(Stage.SILENT);
        ward.run(SECOND);
        assertThat(stage(2)).isEqualTo(Stage.SILENT);
        ward.hung.clear();
        ward.run(SECOND);
        assertThat(stage(2)).isEqualTo(Stage.IN);
        assertThat(ward.replica(2).ejection().times()).isEqualTo(2);
        assertThat(ward.said(Kind.REINSTATED))
                .singleElement()
                .asString()
                .startsWith("acts-2: serves again: it answers again, ");
    }

    @Test
    void thoseStillInsideDoNotTakeTheTrialsPlace() {
        ward.hung.add(2L);
        ward.run(Duration.ofMillis(400));
        int stuck = ward.inside(2);

        ward.run(SECOND.plusMillis(300));

        assertThat(ward.inside(2)).isEqualTo(stuck + 1);
    }

    @Test
    void oneThatIsSilentForTheFourthTimeIsReplaced() {
        ward.hung.add(2L);
        for (int seconds = 0; seconds < 12; seconds++) {
            ward.run(SECOND).allLeave(2);
        }

        assertThat(ward.replica(2)).isNull();
        assertThat(ward.replica(4).phase()).isEqualTo(Phase.READY);
        assertThat(ward.said(Kind.SUSPECT))
                .last()
                .asString()
                .endsWith("; it is replaced, since that is so for the 4th time");
    }

    @Test
    void whileItsChecksFailItIsNotTried() {
        ward.hung.add(2L);
        ward.unwell.add(2L);
        ward.run(Duration.ofMillis(400)).allLeave(2);

        ward.run(Duration.ofMillis(1_500));

        assertThat(stage(2)).isEqualTo(Stage.SILENT);
        assertThat(ward.inside(2)).isZero();
    }

    @Test
    void whenAllAreSilentNobodyIsSuspected() {
        ward.hung.add(1L);
        ward.hung.add(2L);
        ward.hung.add(3L);

        ward.run(Duration.ofSeconds(5));

        assertThat(ward.said(Kind.SUSPECT)).isEmpty();
    }

    @Test
    void ourOwnPauseIsHeldAgainstNobody() {
        ward.hung.add(2L); // it answers only after the others, as chance has it
        ward.tick(Duration.ofSeconds(5));
        ward.tick(Story.TICK);
        ward.hung.clear();

        ward.run(SECOND);

        assertThat(ward.said(Kind.SUSPECT)).isEmpty();
    }

    @Test
    void oneThatWasOnlySlowGetsMoreTimeFromThenOn() {
        ward.hung.add(2L);
        ward.run(Duration.ofMillis(400));
        ward.hung.clear();
        ward.run(SECOND);

        ward.hung.add(2L);
        ward.run(Duration.ofMillis(700));
        assertThat(stage(2)).isEqualTo(Stage.IN);
        ward.run(SECOND);
        assertThat(stage(2)).isEqualTo(Stage.SILENT);
    }

    @Test
    void slowRequestsAmongFastOnesAreNoSilence() {
        ward = ward(3);
        ward.requestsATick = 2;
        // One of ten is a long poll of 20 s; by their order many of them meet the same replica.
        ward.takes = ticket -> ticket / 3 % 10 == 0 ? 20_000 : 20;

        ward.run(Duration.ofMinutes(5));

        assertThat(ward.said(Kind.SUSPECT)).isEmpty();
    }

    @Test
    void aNewReplicaOfASlowServiceMayTakeAsLongAsTheOthers() {
        ward = ward(3);
        ward.takes = ticket -> 3_000;
        ward.run(Duration.ofSeconds(20));

        ward.allLeave(2);
        ward.kill(2);
        ward.run(Duration.ofSeconds(20));

        assertThat(ward.replica(4).phase()).isEqualTo(Phase.READY);
        assertThat(ward.said(Kind.SUSPECT)).isEmpty();
    }

    @Test
    void whereFewRequestsComeItTakesAFewMoreSeconds() {
        ward = ward(3);
        ward.requestsATick = 1; // ten a second, three a replica
        ward.run(Duration.ofSeconds(10));
        ward.hung.add(2L);

        ward.run(Duration.ofSeconds(3));
        assertThat(ward.said(Kind.SUSPECT)).as("twelve answers are not due yet").isEmpty();
        ward.run(Duration.ofSeconds(2));
        assertThat(ward.said(Kind.SUSPECT)).hasSize(1);
    }

    @Test
    void atMostHalfOfThemAreOutAndOfTwoOne() {
        ward = ward(2);
        ward.run(Duration.ofSeconds(10));
        ward.hung.add(2L);
        ward.run(SECOND);
        assertThat(stage(2)).isEqualTo(Stage.SILENT);

        ward.hung.add(1L);
        ward.run(SECOND);
        assertThat(stage(1)).isEqualTo(Stage.IN);
    }

    @Test
    void itIsOffWhereItIsToBe() {
        ward = new Ward(rules(3, EjectionPolicy.standard().withSilence(Duration.ZERO)));
        ward.run(SECOND);
        ward.hung.add(2L);

        ward.run(Duration.ofSeconds(10));

        assertThat(ward.said(Kind.SUSPECT)).isEmpty();
    }

    private Stage stage(long number) {
        return ward.replica(number).ejection().stage();
    }

    private static Ward ward(int replicas) {
        return new Ward(rules(replicas, EjectionPolicy.standard()));
    }

    private static Rules rules(int replicas, EjectionPolicy policy) {
        HealthPolicy health = HealthPolicy.standard().withEjection(policy);
        return Story.rules(replicas, replicas, ScalingPolicy.fixed(replicas), health);
    }
}
