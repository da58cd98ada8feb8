package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The cases stand in the vectors of the project: "Concurrency with a stable and a panic window (Knative's rule)". */
class ConcurrencyTest {

    @Nested
    class Table {

        @Test
        @DisplayName("target 10: 50/10, then stable 100: 5, then 10")
        void theStableWindowDecides() {
            Scene scene = new Scene(ScalingPolicy.concurrency(10)).ready(1);

            assertThat(scene.at(100).concurrency(50, 10).replicas()).isEqualTo(5);
            assertThat(scene.at(102).concurrency(100, 10).replicas()).isEqualTo(10);
        }

        @Test
        @DisplayName("target 10: 100/100 with 8 ready, then 50/50: 10, then 5")
        void withoutPanicItFallsAtOnce() {
            Scene scene = new Scene(ScalingPolicy.concurrency(10)).ready(8);

            assertThat(scene.at(100).concurrency(100, 100).replicas()).isEqualTo(10);
            assertThat(scene.at(102).concurrency(50, 50).replicas()).isEqualTo(5);
        }

        @Test
        @DisplayName("target 10: 1/0, then 0/0 (min 0): 1, then 0")
        void nothingInsideNeedsNothing() {
            Scene scene = new Scene(ScalingPolicy.concurrency(10)).ready(1);

            assertThat(scene.at(100).concurrency(1, 0).replicas()).isEqualTo(1);
            assertThat(scene.at(102).concurrency(0, 0).replicas()).isZero();
        }

        @Test
        @DisplayName("target 1: 11/25 with 10 ready; +30 s 30/41 with 40; +32 s 50/56 with 55: 25, 41, 50 out of panic")
        void panicHoldsForAWholeStableWindow() {
            Scene scene = new Scene(ScalingPolicy.concurrency(1));

            assertThat(scene.at(100).ready(10).concurrency(11, 25).replicas()).isEqualTo(25);
            assertThat(scene.at(130).ready(40).concurrency(30, 41).replicas()).isEqualTo(41);
            Target out = scene.at(162).ready(55).concurrency(50, 56).decide();
            assertThat(out.replicas()).isEqualTo(50);
            assertThat(out.reason()).isEqualTo("50.0 requests inside over the last 60 s at 1 a replica");
        }

        @Test
        @DisplayName("target 10, max 5: in panic 50/30, then 20/30: 5")
        void inPanicNothingFalls() {
            Scene scene = new Scene(ScalingPolicy.concurrency(10)).between(1, 5).ready(1);

            assertThat(scene.at(100).concurrency(50, 30).replicas()).isEqualTo(5);
            assertThat(scene.at(102).concurrency(20, 30).replicas()).isEqualTo(5);
        }

        @Test
        @DisplayName("target 10: 1000/1001 with 1 ready; with 10 ready: 10; 100")
        void noMoreThanTenTimesWhatIsReady() {
            Scene scene = new Scene(ScalingPolicy.concurrency(10));

            assertThat(scene.at(100).ready(1).concurrency(1000, 1001).replicas())
                    .isEqualTo(10);
            assertThat(scene.at(102).ready(10).concurrency(1000, 1001).replicas())
                    .isEqualTo(100);
        }

        @Test
        @DisplayName("target 10, scale-down delay 5 min: 40 at 2 s; 0 at 5 min; 0 at 5 min 2 s: 4; 4; 0")
        void aDelayedScaleDownWaitsForTheHighestWant() {
            Scene scene = new Scene(ScalingPolicy.concurrency(10).stabilised(Duration.ofMinutes(5))).ready(1);

            assertThat(scene.at(2).concurrency(40, 0).replicas()).isEqualTo(4);
            assertThat(scene.at(300).concurrency(0, 0).replicas()).isEqualTo(4);
            assertThat(scene.at(302).concurrency(0, 0).replicas()).isZero();
        }

        @Test
        @DisplayName("no data: no decision")
        void withoutDataThereIsNoDecision() {
            Scene scene = new Scene(ScalingPolicy.concurrency(10)).of(7).at(100).recordedSince(100);

            Target kept = scene.decide();

            assertThat(kept).isEqualTo(Target.undecided(7, "no traffic is on record yet"));
        }
    }

    @Nested
    @DisplayName("a sparse window averages over the time that it covers")
    class SparseWindows {

        private final LoadHistory load = new LoadHistory();

        @Test
        @DisplayName("5 s window, a first write of 1: 1, and not 0.2")
        void oneSecondOfOneIsOne() {
            insideDuringSecond(1, 1);

            assertThat(average(1)).isEqualTo(1);
        }

        @Test
        @DisplayName("5 s window, writes 1 to 5: 3")
        void oneToFiveAreThree() {
            for (int second = 1; second <= 5; second++) {
                insideDuringSecond(second, second);
            }

            assertThat(average(5)).isEqualTo(3);
        }

        private void insideDuringSecond(int second, int inside) {
            load.sample(new Sample(Duration.ofSeconds(second), Instant.EPOCH, 0, 0, inside, 0, Map.of()));
        }

        private double average(int now) {
            return load.concurrencyBetween(Duration.ofSeconds(now - 5L), Duration.ofSeconds(now));
        }
    }

    @Test
    void panicSaysSoWithItsNumbers() {
        Scene scene = new Scene(ScalingPolicy.concurrency(1)).at(100).ready(10).concurrency(11, 25);

        assertThat(scene.reason())
                .isEqualTo(
                        "25.0 requests inside over the last 6 s at 1 a replica and 11.0 over the last 60 s; in panic");
        assertThat(scene.at(130).ready(40).concurrency(30, 41).reason())
                .isEqualTo("41.0 requests inside over the last 6 s at 1 a replica and 30.0 over the last 60 s; "
                        + "in panic, so not fewer than 25");
    }

    @Test
    void windowsAndRatesMayBeOthers() {
        Concurrency policy = ScalingPolicy.concurrency(10)
                .withWindows(Duration.ofSeconds(30), Duration.ofSeconds(3))
                .withPanicThreshold(5)
                .withRates(2, 4);
        Scene scene = new Scene(policy).at(100).ready(8);

        assertThat(scene.concurrency(1000, 0).replicas()).as("at most twice").isEqualTo(16);
        assertThat(scene.concurrency(0, 0).replicas()).as("at least a quarter").isEqualTo(2);
        assertThat(policy).hasToString("concurrency (10 inside a replica over 30 s, panic over 3 s)");
    }

    @Test
    void refusesWhatMakesNoSense() {
        Concurrency policy = ScalingPolicy.concurrency(10);

        assertThatThrownBy(() -> ScalingPolicy.concurrency(0)).hasMessage("perReplica: 0.0 (expected: > 0)");
        assertThatThrownBy(() -> policy.withPanicThreshold(1)).hasMessage("panicThreshold: 1.0 (expected: > 1)");
        assertThatThrownBy(() -> policy.withRates(1, 10)).hasMessage("upRate: 1.0 (expected: > 1)");
    }
}
