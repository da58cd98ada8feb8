package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaugeAndLatencyTest {

    @Nested
    class Gauges {

        @ParameterizedTest(name = "{0} at 100 a replica: {1}")
        @CsvSource({"0, 0", "1, 1", "100, 1", "101, 2", "1000, 10", "-5, 0"})
        void aWholeIsSharedOut(double queue, int replicas) {
            Scene scene = new Scene(ScalingPolicy.sharing("queue", 100)).of(3).gauge("queue", queue);

            assertThat(scene.replicas()).isEqualTo(replicas);
        }

        @ParameterizedTest(name = "{0} with 4 ready, held at 0.7: {1}")
        @CsvSource({"0.7, 4", "1.4, 8", "0.35, 2", "0.8, 5", "0, 0"})
        void anAverageIsHeld(double cpu, int replicas) {
            Scene scene = new Scene(ScalingPolicy.holding("cpu", 0.7)).of(4).gauge("cpu", cpu);

            assertThat(scene.replicas()).isEqualTo(replicas);
        }

        @Test
        void aMissingValueIsNoZero() {
            Scene scene = new Scene(ScalingPolicy.sharing("queue", 100)).of(3);

            assertThat(scene.decide()).isEqualTo(Target.undecided(3, "the gauge queue has no value"));
            assertThat(new Scene(ScalingPolicy.holding("cpu", 1)).of(3).decide())
                    .isEqualTo(Target.undecided(3, "the gauge cpu has no value"));
        }

        @Test
        void anAverageOfNobodyIsNone() {
            Scene scene = new Scene(ScalingPolicy.holding("cpu", 1))
                    .ready(0)
                    .target(2)
                    .gauge("cpu", 0);

            assertThat(scene.decide().wanted()).isEmpty();
        }

        @Test
        void giveTheirReasonWithTheNumbers() {
            assertThat(new Scene(ScalingPolicy.sharing("queue", 100))
                            .gauge("queue", 250)
                            .reason())
                    .isEqualTo("queue is 250.0 at 100 a replica");
            assertThat(new Scene(ScalingPolicy.holding("cpu", 0.5))
                            .of(2)
                            .gauge("cpu", 0.9)
                            .reason())
                    .isEqualTo("cpu is 0.9 with 2 ready, to be held at 0.5");
        }
    }

    @Nested
    class Latency {

        private static final Duration OBJECTIVE = Duration.ofMillis(100);

        @ParameterizedTest(name = "{0} ms with 4 ready: {1}")
        @CsvSource({"100, 4", "60, 4", "101, 5", "150, 6", "200, 8", "900, 8"})
        void growsByTheRatioAndAtMostToTwiceAsMany(int millis, int replicas) {
            Scene scene =
                    new Scene(ScalingPolicy.latency(OBJECTIVE)).at(100).of(4).latency(Duration.ofMillis(millis));

            assertThat(scene.replicas()).isEqualTo(replicas);
        }

        @Test
        void fallsByAFifthOnceTheNumberHasStoodForAWindow() {
            Scene scene = new Scene(ScalingPolicy.latency(OBJECTIVE)).of(10).latency(Duration.ofMillis(20));
            for (int second = 70; second < 100; second++) {
                scene.before(second, 10, 10);
            }

            assertThat(scene.at(99).replicas()).isEqualTo(8);
            assertThat(scene.at(100).of(8).decide())
                    .isEqualTo(
                            new Target(
                                    8,
                                    "the mean latency is 20 ms with 8 ready, not to exceed 100 ms; 8 have not stood for 30 s yet"));
        }

        @Test
        void doesNotFallToNothingWhileThereAreRequests() {
            Scene scene = new Scene(ScalingPolicy.latency(OBJECTIVE)).of(1).latency(Duration.ofMillis(20));
            scene.before(10, 1, 1);

            assertThat(scene.at(100).replicas()).isEqualTo(1);
            assertThat(scene.at(200).idle().replicas()).isZero();
        }

        @Test
        void isNotKnownWhileNoneEnds() {
            Scene scene = new Scene(ScalingPolicy.latency(OBJECTIVE)).at(100).of(3);

            assertThat(scene.decide())
                    .isEqualTo(
                            Target.undecided(3, "the mean latency is not known, no request ended over the last 30 s"));
        }

        @Test
        void mayBeAQuantileThatSomebodyMeasures() {
            Scene scene =
                    new Scene(ScalingPolicy.latency(OBJECTIVE, "p99")).at(100).of(4);

            assertThat(scene.gauge("p99", 0.15).decide()).satisfies(decided -> {
                assertThat(decided.replicas()).isEqualTo(6);
                assertThat(decided.reason()).isEqualTo("p99 is 150 ms with 4 ready, not to exceed 100 ms");
            });
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> ScalingPolicy.sharing("queue", 0)).hasMessage("perReplica: 0.0 (expected: > 0)");
        assertThatThrownBy(() -> ScalingPolicy.holding("cpu", -1)).hasMessage("level: -1.0 (expected: > 0)");
        assertThatThrownBy(() -> ScalingPolicy.latency(Duration.ZERO)).hasMessage("objective: PT0S (expected: > 0)");
    }

    @Test
    void allDescribeThemselves() {
        assertThat(ScalingPolicy.sharing("queue", 100)).hasToString("queue (100 a replica)");
        assertThat(ScalingPolicy.holding("cpu", 0.7)).hasToString("cpu (held at 0.7)");
        assertThat(ScalingPolicy.latency(Duration.ofMillis(250)))
                .hasToString("latency (the mean latency up to 250 ms)");
    }
}
