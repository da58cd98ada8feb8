package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases stand in the vectors of the project: "Stabilisation and pace (Kubernetes HPA's rule)". */
class CalmTest {

    private static final Duration QUARTER = Duration.ofSeconds(15);

    /** What the policy underneath wants. */
    private double wanted;

    private final ScalingPolicy raw = view -> Target.filling(wanted, "wanted");

    @Nested
    class DeadBands {

        @ParameterizedTest(name = "{1} wanted of {0}: {2}")
        @CsvSource({
            "10, 10.9, 10",
            "10, 11, 10",
            "10, 11.1, 12",
            "10, 9, 10",
            "10, 8.9, 9",
            "1, 1.1, 1",
            "1, 1.2, 2",
            "0, 0.05, 1"
        })
        void keepWhatIsWithinATenth(int target, double want, int replicas) {
            wanted = want;

            assertThat(new Scene(raw.withDeadBand(0.1)).of(target).replicas()).isEqualTo(replicas);
        }

        @Test
        void sayWhyNothingChanged() {
            wanted = 10.9;

            assertThat(new Scene(raw.withDeadBand(0.1)).of(10).decide())
                    .isEqualTo(new Target(10, "wanted; 10.9 is within 10 % of 10", OptionalDouble.of(10.9)));
        }
    }

    @Nested
    class Stabilisation {

        private final Scene scene =
                new Scene(raw.stabilised(Duration.ofMinutes(5))).at(1_000).of(10);

        @Test
        @DisplayName("past wants 4 two minutes ago and 5 one minute ago, want 3: 5")
        void theHighestWantHolds() {
            wanted = 3;
            scene.before(880, 4, 10).before(940, 5, 10);

            assertThat(scene.decide().reason())
                    .isEqualTo("wanted; 5 and not 3, for 5 were wanted within the last 300 s");
            assertThat(scene.target(10).replicas()).isEqualTo(5);
        }

        @Test
        @DisplayName("past wants 1 and 2, want 3: 3")
        void lowerWantsDoNot() {
            wanted = 3;

            assertThat(scene.before(880, 1, 10).before(940, 2, 10).replicas()).isEqualTo(3);
        }

        @Test
        @DisplayName("past wants 10 ten minutes ago and 9 nine minutes ago, want 3: 3")
        void oldWantsDoNot() {
            wanted = 3;

            assertThat(scene.before(400, 10, 10).before(460, 9, 10).replicas()).isEqualTo(3);
        }

        @Test
        void upIsAtOnce() {
            wanted = 30;

            assertThat(scene.before(940, 5, 10).replicas()).isEqualTo(30);
        }

        @Test
        void neverGoesUpBecauseOfThePast() {
            wanted = 3;

            assertThat(scene.before(940, 50, 10).replicas()).isEqualTo(10);
        }
    }

    @Nested
    class Paces {

        @Test
        @DisplayName("up, 10 now: max(+4, +100 %), want 50: 20")
        void upByTheLargerOfTwo() {
            wanted = 50;
            Scene scene =
                    paced(Pace.of(4, 1, QUARTER)).before(80, 10, 10).at(100).of(10);

            assertThat(scene.decide().reason())
                    .isEqualTo("wanted; 20 and not 50 yet, at a pace of 4 or 100 % in 15 s up from 10");
            assertThat(scene.replicas()).as("the same period").isEqualTo(20);
            assertThat(scene.at(116).replicas()).as("the next one").isEqualTo(40);
        }

        @Test
        @DisplayName("up by 100 or 100 %, 10 now, want 500: 110")
        void upByANumber() {
            wanted = 500;

            assertThat(paced(Pace.of(100, 1, QUARTER)).at(100).of(10).replicas())
                    .isEqualTo(110);
        }

        @Test
        @DisplayName("down, 100 now, want 2: by 20 or 1 %: 80")
        void downByTheLargerOfTwo() {
            wanted = 2;
            Scene scene = new Scene(raw.paced(Pace.of(1, 1, QUARTER), Pace.of(20, 0.01, QUARTER)))
                    .before(80, 100, 100)
                    .at(100)
                    .of(100);

            assertThat(scene.replicas()).isEqualTo(80);
            assertThat(scene.replicas()).as("the same period").isEqualTo(80);
            assertThat(scene.at(116).replicas()).as("the next one").isEqualTo(60);
        }

        @Test
        void zeroIsLeftByTheNumber() {
            wanted = 50;

            assertThat(paced(Pace.of(4, 1, QUARTER)).at(100).of(0).replicas()).isEqualTo(4);
        }

        @Test
        void aPaceAtWhichNothingEverChangesIsRefused() {
            assertThatThrownBy(() -> Pace.of(0, 0, QUARTER))
                    .hasMessage("replicas, share: 0 and 0 (expected: one above 0, or no change ever comes)");
        }

        private Scene paced(Pace up) {
            return new Scene(raw.paced(up, Pace.of(20, 0.01, QUARTER)));
        }
    }

    /** Not-ready replicas count as idle when scaling up and as fully busy when scaling down. */
    @Nested
    class Caution {

        @ParameterizedTest(name = "{0} ready, {1} on their way, {2} wanted: {3}")
        @CsvSource({
            "3, 0, 5, 5",
            "3, 2, 5, 5",
            "3, 2, 4.5, 5",
            "3, 2, 7, 7",
            "3, 2, 1, 3",
            "3, 2, 2.9, 5",
            "3, 2, 3, 5",
            "5, 0, 2, 2",
            "0, 2, 1, 2",
            "0, 2, 3, 3"
        })
        void whatIsOnItsWayCounts(int ready, int starting, double want, int replicas) {
            wanted = want;
            Scene scene =
                    new Scene(raw.cautious()).ready(ready).starting(starting).target(ready + starting);

            assertThat(scene.replicas()).isEqualTo(replicas);
        }

        @Test
        void theReasonSaysWhatWasCounted() {
            wanted = 1;
            Scene scene = new Scene(raw.cautious()).ready(3).starting(2).target(5);

            assertThat(scene.reason()).isEqualTo("wanted; 2 on their way counted as busy");
            wanted = 4;
            assertThat(scene.target(5).reason()).isEqualTo("wanted; 5 kept, 2 on their way will do");
        }

        @Test
        void duringARollOutNothingGoesDown() {
            wanted = 2;
            Scene scene = new Scene(raw.cautious()).of(5).rollingOut();

            assertThat(scene.decide()).isEqualTo(new Target(5, "wanted; 5 kept, nothing goes down during a roll-out"));
            wanted = 7;
            assertThat(scene.replicas()).isEqualTo(7);
        }

        @Test
        void noDataIsNoDecision() {
            ScalingPolicy blind = view -> view.unchanged("no data");

            assertThat(new Scene(blind.steady()).of(5).starting(3).decide()).isEqualTo(Target.undecided(5, "no data"));
        }
    }

    @Test
    void steadyIsAllOfIt() {
        Scene scene = new Scene(raw.steady()).at(100).of(10);

        wanted = 10.9;
        assertThat(scene.replicas()).as("within the dead band").isEqualTo(10);
        wanted = 50;
        assertThat(scene.at(101).replicas()).as("at the pace").isEqualTo(20);
        wanted = 2;
        assertThat(scene.at(102).of(20).replicas())
                .as("held by the want of a second ago")
                .isEqualTo(20);
        assertThat(scene.at(162).replicas()).as("half of it, at the pace").isEqualTo(10);
        assertThat(raw.steady().toString())
                .endsWith(
                        "cautious, dead band 10 %, down after 60 s, up by 4 or 100 % in 15 s, down by 4 or 50 % in 15 s");
    }

    @Test
    void eachMeasureMayBeAnotherOrNone() {
        Calm calm = Calm.STANDARD.withDeadBand(0).withStabilisation(Duration.ZERO);

        assertThat(calm.over(ScalingPolicy.fixed(3)))
                .hasToString("fixed at 3, cautious, up by 4 or 100 % in 15 s, down by 4 or 50 % in 15 s");
        assertThatThrownBy(() -> raw.withDeadBand(1)).hasMessage("deadBand: 1.0 (expected: 0 to 1)");
    }
}
