package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Ejection.Stage;
import io.symphony.fleet.Phase;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas that are slow and not dead: they answer requests, and their checks starve. */
class BusyStoriesTest {

    private final Ward ward = new Ward(rules(3, HealthPolicy.standard()));
    private long turnedAway;

    @BeforeEach
    void serve() {
        ward.run(Duration.ofSeconds(15));
        turnedAway = ward.turnedAway();
    }

    @Test
    void whenTwoCoresStarveTheChecksOfAllNoneIsKilledAndTheServiceGoesOn() {
        ward.takes = ticket -> 900;
        for (long number = 1; number <= 3; number++) {
            ward.unwell.add(number);
        }

        ward.run(Duration.ofSeconds(30));

        assertThat(ward.state().fleet().count(Phase.READY)).isEqualTo(3);
        assertThat(ward.starts()).containsExactly(1L, 2L, 3L);
        assertThat(ward.out()).as("at least half of them serve").isEqualTo(1);
        assertThat(ward.turnedAway()).isEqualTo(turnedAway);

        ward.unwell.clear();
        ward.run(Duration.ofSeconds(2));
        assertThat(ward.out()).isZero();
        assertThat(ward.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneThatMissesItsChecksHoldsFewerAndFewerAndThenNoneUntilItPassesOne() {
        ward.takes = ticket -> 1_000;
        ward.run(Duration.ofSeconds(5)).unwell.add(2L);

        runUntil(Stage.EASED);
        assertThat(ward.inside(2)).isBetween(160, 170);
        ward.run(Duration.ofSeconds(2)); // of four
        assertThat(ward.inside(2)).isBetween(80, 130);
        ward.run(Duration.ofMillis(1_800));
        assertThat(ward.inside(2)).isBetween(1, 60);
        runUntil(Stage.RELIEVED);
        ward.run(Duration.ofMillis(1_100));
        assertThat(ward.inside(2)).isZero();
        assertThat(ward.said(Kind.SUSPECT))
                .containsExactly(
                        "acts-2: gets fewer requests, and none in 4.0 s without a passed check: it answers requests,"
                                + " but failed 3 checks in a row",
                        "acts-2: out of the rotation until it passes a check, and replaced in 26.0 s without one: it"
                                + " answers requests, but failed 7 checks in a row");

        ward.unwell.clear();
        ward.run(Duration.ofSeconds(3));
        assertThat(ward.inside(2)).isGreaterThan(130);
        assertThat(ward.turnedAway()).isEqualTo(turnedAway);
        assertThat(ward.starts()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void oneThatPassesACheckInTimeHasItsWholeShareAgain() {
        ward.takes = ticket -> 1_000;
        ward.unwell.add(2L);
        runUntil(Stage.EASED);
        ward.run(Duration.ofSeconds(2)).unwell.clear();

        ward.run(Duration.ofSeconds(3));

        assertThat(ward.inside(2)).isBetween(160, 170);
        assertThat(ward.said(Kind.REINSTATED))
                .singleElement()
                .asString()
                .endsWith(" s after that began to shrink")
                .startsWith("acts-2: has its whole share again: well ");
    }

    @Test
    void anotherStandsInForItWhereTheRangeHasRoomAndLeavesWhenItIsWell() {
        Ward roomy = roomy();
        roomy.unwell.add(2L);
        runUntil(roomy, Stage.EASED);

        roomy.run(Duration.ofSeconds(1));
        assertThat(roomy.replica(4).phase()).as("before it gets none").isEqualTo(Phase.READY);
        assertThat(roomy.replica(2).ejection().stage()).isEqualTo(Stage.EASED);
        assertThat(roomy.said(Kind.STARTING))
                .last()
                .isEqualTo("acts-4: started, because 3 of 3 are there, and 1 misses its checks");
        assertThat(roomy.state().target().replicas()).isEqualTo(3);

        roomy.unwell.clear();
        roomy.run(Duration.ofSeconds(5));
        assertThat(roomy.state().fleet().count(Phase.READY)).isEqualTo(3);
        assertThat(roomy.starts()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void theStandInIsTheSuccessorOfOneThatDoesNotRecover() {
        Ward roomy = roomy();
        roomy.unwell.add(2L);

        roomy.run(Duration.ofMinutes(1));

        assertThat(roomy.replica(2)).isNull();
        assertThat(roomy.state().fleet().count(Phase.READY)).isEqualTo(3);
        assertThat(roomy.starts()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void oneThatDeadlocksWhileItIsRelievedIsReplacedWithinSeconds() {
        ward.unwell.add(2L);
        runUntil(Stage.EASED);

        ward.hung.add(2L);
        ward.run(Duration.ofSeconds(5));

        assertThat(ward.replica(2).phase()).isEqualTo(Phase.DRAINING);
        assertThat(ward.replica(4).phase()).isEqualTo(Phase.READY);
    }

    @Test
    void oneThatPassesNoneForHalfAMinuteMoreIsReplaced() {
        ward.unwell.add(2L);

        ward.run(Duration.ofSeconds(30));
        assertThat(ward.starts()).containsExactly(1L, 2L, 3L);
        ward.run(Duration.ofSeconds(10));

        assertThat(ward.replica(2)).isNull();
        assertThat(ward.starts()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aDeadlockedOneIsReplacedWithinSeconds() {
        ward.hung.add(2L);
        ward.unwell.add(2L);

        ward.run(Duration.ofSeconds(5));

        assertThat(ward.replica(2).phase()).isEqualTo(Phase.DRAINING);
        assertThat(ward.replica(4).phase()).isEqualTo(Phase.READY);
    }

    @Test
    void strictHealthAsksForNoExcuse() {
        Ward strict = new Ward(rules(3, HealthPolicy.standard().strict()));
        strict.run(Duration.ofSeconds(15));
        strict.unwell.add(2L);

        strict.run(Duration.ofSeconds(2));

        assertThat(strict.replica(2))
                .matches(each -> each == null || each.phase().leaving());
    }

    private void runUntil(Stage stage) {
        runUntil(ward, stage);
    }

    private static void runUntil(Ward ward, Stage stage) {
        for (int tick = 0; tick < 100 && ward.replica(2).ejection().stage() != stage; tick++) {
            ward.tick(Story.TICK);
        }
        assertThat(ward.replica(2).ejection().stage()).isEqualTo(stage);
    }

    /** Three, and there may be four. */
    private static Ward roomy() {
        return new Ward(Story.rules(1, 4, ScalingPolicy.fixed(3))).run(Duration.ofSeconds(15));
    }

    private static Rules rules(int replicas, HealthPolicy health) {
        return Story.rules(replicas, replicas, ScalingPolicy.fixed(replicas), health);
    }
}
