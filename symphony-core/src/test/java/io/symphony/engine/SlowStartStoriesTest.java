package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Phase;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new replica among three gets its share little by little, within ten seconds. A request takes one. */
class SlowStartStoriesTest {

    private final Ward ward = new Ward(
            Story.rules(3, 3, ScalingPolicy.fixed(3), HealthPolicy.standard().withSlowStart(Duration.ofSeconds(10))));

    @BeforeEach
    void serve() {
        ward.takes = ticket -> 1_000;
        ward.run(Duration.ofSeconds(3));
    }

    @Test
    void theFirstOnesAreNotSpared() {
        assertThat(ward.turnedAway()).as("those before the first was ready").isLessThan(300);
        assertThat(ward.inside(1)).isBetween(150, 200);
        assertThat(ward.inside(3)).isBetween(150, 200);
    }

    @Test
    void aNewOneHoldsAGrowingPartOfWhatTheOthersHold() {
        ward.run(Duration.ofSeconds(10));
        long turnedAway = ward.turnedAway();
        ward.allLeave(2).kill(2);
        ward.run(Duration.ofSeconds(1));
        assertThat(ward.replica(4).phase()).isEqualTo(Phase.READY);

        assertThat(ward.inside(4)).isBetween(1, 40);
        ward.run(Duration.ofSeconds(4));
        assertThat(ward.inside(4)).isBetween(70, 140);
        ward.run(Duration.ofSeconds(8));
        assertThat(ward.inside(4)).isBetween(150, 185);
        assertThat(ward.turnedAway()).isEqualTo(turnedAway);
    }

    @Test
    void whenTheOthersAreGoneANewOneTakesAll() {
        ward.run(Duration.ofSeconds(10));
        ward.allLeave(2).kill(2);
        ward.run(Duration.ofSeconds(1));
        ward.allLeave(1).kill(1);
        ward.allLeave(3).kill(3);

        ward.run(Duration.ofSeconds(2));

        assertThat(ward.inside(4) + ward.inside(5) + ward.inside(6)).isEqualTo(500);
    }
}
