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
    void oneThatMissesItsChecksIsRelievedUntilItPassesOne() {
        ward.unwell.add(2L);

        ward.run(Duration.ofSeconds(5));

        assertThat(ward.replica(2).ejection().stage()).isEqualTo(Stage.RELIEVED);
        assertThat(ward.inside(2)).isZero();
        assertThat(ward.said(Kind.SUSPECT))
                .containsExactly(
                        "acts-2: out of the rotation until it passes a check: it answers requests, but failed 3 checks"
                                + " in a row");
        ward.unwell.clear();
        ward.run(Duration.ofSeconds(2));
        assertThat(ward.inside(2)).isPositive();
        assertThat(ward.starts()).containsExactly(1L, 2L, 3L);
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

    private static Rules rules(int replicas, HealthPolicy health) {
        return Story.rules(replicas, replicas, ScalingPolicy.fixed(replicas), health);
    }
}
