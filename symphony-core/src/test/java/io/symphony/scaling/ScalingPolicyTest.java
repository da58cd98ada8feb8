package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases stand in the vectors of the project. */
class ScalingPolicyTest {

    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    /** "The original rule": base 20, window 120 s. */
    @Nested
    class Requests {

        private final ScalingPolicy policy = ScalingPolicy.requests(20, TWO_MINUTES);

        @ParameterizedTest(name = "{0} requests: {1} replicas")
        @CsvSource({"0, 1", "19, 1", "20, 2", "21, 2", "39, 2", "40, 3", "59, 3", "60, 4", "199, 10"})
        void areCountedInSteps(long count, int replicas) {
            Load load = FakeLoad.burst(count, Duration.ofSeconds(3));

            assertThat(policy.decide(view(120, load, 1)).within(1, 10).replicas())
                    .isEqualTo(replicas);
        }

        @Test
        void changeNothingBeforeTheFirstWindowIsOver() {
            Load load = FakeLoad.burst(500, Duration.ofSeconds(3));

            assertThat(policy.decide(viewAt(Duration.ofNanos(TWO_MINUTES.toNanos() - 1), load, 3)))
                    .isEqualTo(Target.undecided(3, "the first window of 120 s is not over"));
        }

        @Test
        void changeNothingWhereTheRecordDoesNotReachBackOverTheWholeWindow() {
            Load load = FakeLoad.burst(500, Duration.ofSeconds(150)).since(Duration.ofSeconds(121));

            assertThat(policy.decide(view(241, load, 7)).replicas()).isEqualTo(7);
            assertThat(policy.decide(view(361, load, 7)).replicas()).isEqualTo(1);
        }

        @Test
        void startAnewWithEachWindow() {
            Load load = FakeLoad.burst(60, Duration.ofSeconds(119));

            // All that came in the first window counts until the second one is over, and then not at all.
            assertThat(policy.decide(view(121, load, 1)).replicas()).isEqualTo(4);
            assertThat(policy.decide(view(239, load, 4)).replicas()).isEqualTo(4);
            assertThat(policy.decide(view(240, load, 4)).replicas()).isEqualTo(1);
        }

        @Test
        void giveTheirReasonWithTheNumbers() {
            Load load = FakeLoad.burst(199, Duration.ofSeconds(3));

            assertThat(policy.decide(view(120, load, 1)).reason())
                    .isEqualTo("199 requests in the last 120 s at 20 a replica");
            assertThat(policy.decide(view(120, FakeLoad.burst(260, Duration.ZERO), 1))
                            .within(1, 10)
                            .reason())
                    .isEqualTo("260 requests in the last 120 s at 20 a replica; limited from 14 by max 10");
        }

        @Test
        void areKeptWithinBothEndsOfTheRange() {
            Target none = policy.decide(view(120, FakeLoad.burst(0, Duration.ZERO), 5));

            assertThat(none.within(3, 10))
                    .isEqualTo(new Target(1, "")
                            .answered(3, "0 requests in the last 120 s at 20 a replica; raised from 1 by min 3"));
        }

        @Test
        void doNotOverflow() {
            Load load = FakeLoad.burst(1L << 40, Duration.ofSeconds(3));

            assertThat(ScalingPolicy.requests(1, TWO_MINUTES)
                            .decide(view(120, load, 1))
                            .replicas())
                    .isEqualTo(Integer.MAX_VALUE);
        }

        @Test
        void refuseWhatMakesNoSense() {
            assertThatThrownBy(() -> ScalingPolicy.requests(0, TWO_MINUTES))
                    .hasMessage("perReplica: 0 (expected: >= 1)");
            assertThatThrownBy(() -> ScalingPolicy.requests(1, Duration.ofMillis(99)))
                    .hasMessage("window: PT0.099S (expected: 100 ms to 1 h)");
            assertThatThrownBy(() -> ScalingPolicy.requests(1, Duration.ofMinutes(61)))
                    .hasMessage("window: PT1H1M (expected: 100 ms to 1 h)");
        }

        @Test
        void describeThemselves() {
            assertThat(policy).hasToString("requests (20 a replica in 120 s)");
            assertThat(ScalingPolicy.requests(20, Duration.ofMillis(500)))
                    .hasToString("requests (20 a replica in 0.5 s)");
        }
    }

    /** Target 10, max 10. */
    @Nested
    class RequestsPerSecond {

        private final ScalingPolicy policy = ScalingPolicy.requestsPerSecond(10, Duration.ofSeconds(10));

        @ParameterizedTest(name = "{0} a second: {1} replicas")
        @CsvSource({"9, 1", "10, 1", "11, 2", "55, 6", "99, 10", "100, 10", "101, 10", "500, 10", "0, 1"})
        void areSharedOut(int rate, int replicas) {
            assertThat(policy.decide(view(60, FakeLoad.steady(rate), 1))
                            .within(1, 10)
                            .replicas())
                    .isEqualTo(replicas);
        }

        @Test
        void slideOverTheTraffic() {
            Load load = FakeLoad.burst(300, Duration.ofMinutes(1));

            // At 69 s the window still holds the burst. At 71 s it does not.
            assertThat(policy.decide(view(69, load, 1)).replicas()).isEqualTo(3);
            assertThat(policy.decide(view(71, load, 3)).replicas()).isZero();
        }

        @Test
        void areAnAverageOverWhatTheRecordCovers() {
            // Four seconds in, forty requests are ten a second and not four.
            assertThat(policy.decide(view(4, FakeLoad.steady(20), 1)).replicas())
                    .isEqualTo(2);
            assertThat(policy.decide(view(64, FakeLoad.steady(20).since(Duration.ofMinutes(1)), 1))
                            .replicas())
                    .isEqualTo(2);
        }

        @Test
        void doNotTakeTheFirstInstantsForAFlood() {
            Load load = FakeLoad.burst(5, Duration.ZERO);

            assertThat(policy.decide(viewAt(Duration.ofMillis(100), load, 1)).replicas())
                    .isEqualTo(1);
        }

        @Test
        void changeNothingWithoutAnyRecord() {
            assertThat(policy.decide(view(0, FakeLoad.steady(10), 4)))
                    .isEqualTo(Target.undecided(4, "no traffic is on record yet"));
        }

        @Test
        void giveTheirReasonWithTheNumbers() {
            assertThat(policy.decide(view(60, FakeLoad.steady(55), 1)).reason())
                    .isEqualTo("55.0 requests a second over the last 10 s at 10 a replica");
            assertThat(ScalingPolicy.requestsPerSecond(2.5, Duration.ofMillis(2_500))
                            .decide(view(60, FakeLoad.steady(4), 1))
                            .reason())
                    .isEqualTo("4.0 requests a second over the last 2.5 s at 2.5 a replica");
        }

        @Test
        void refuseWhatMakesNoSense() {
            assertThatThrownBy(() -> ScalingPolicy.requestsPerSecond(0, Duration.ofSeconds(10)))
                    .hasMessage("perReplica: 0.0 (expected: > 0)");
            assertThatThrownBy(() -> ScalingPolicy.requestsPerSecond(Double.NaN, Duration.ofSeconds(10)))
                    .hasMessage("perReplica: NaN (expected: > 0)");
        }

        @Test
        void describeThemselves() {
            assertThat(policy).hasToString("requests a second (10 a replica over 10 s)");
        }
    }

    @Test
    void aFixedNumberIsThatNumber() {
        assertThat(ScalingPolicy.fixed(4).decide(view(0, FakeLoad.steady(1_000), 1)))
                .isEqualTo(new Target(4, "fixed at 4"));
    }

    @Test
    void aTargetWithinItsRangeStaysAsItIs() {
        Target target = new Target(3, "why not");

        assertThat(target.within(3, 3)).isSameAs(target);
        assertThatThrownBy(() -> new Target(-1, "")).hasMessage("replicas: -1 (expected: >= 0)");
    }

    private static ScalingView view(long seconds, Load load, int target) {
        return viewAt(Duration.ofSeconds(seconds), load, target);
    }

    private static ScalingView viewAt(Duration elapsed, Load load, int target) {
        Sample sample = new Sample(elapsed, Instant.EPOCH, 0, 0, 0, 0, Map.of());
        return new ScalingView(sample, Staff.of(target).between(1, 10), load, new PastRecord());
    }
}
