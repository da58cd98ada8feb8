package io.symphony.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How large a step is, and what is refused. */
class RollOutPolicyTest {

    @ParameterizedTest(name = "{0} at least, a share of {1}, {2} replicas: {3} a step")
    @CsvSource({
        "1, 0, 10, 1",
        "2, 0, 10, 2",
        "5, 0, 3, 3",
        "1, 0.25, 3, 1",
        "1, 0.25, 10, 3",
        "1, 1, 7, 7",
        "1, 0.25, 0, 1"
    })
    void aStepIsTheLargerOfBothAndNoMoreThanTheFleet(int least, double share, int fleet, int step) {
        RollOutPolicy inShares = RollOutPolicy.inShares(share);
        RollOutPolicy policy = new RollOutPolicy(
                least,
                share,
                inShares.watch(),
                inShares.settle(),
                inShares.attempts(),
                inShares.slower(),
                inShares.slack(),
                inShares.falseAlarms());

        assertThat(policy.stepOf(fleet)).isEqualTo(step);
    }

    @Test
    void whatIsWrongIsRefusedByNameValueAndExpectation() {
        refuses(() -> RollOutPolicy.inStepsOf(0), "least: 0 (expected: >= 1)");
        refuses(() -> RollOutPolicy.inShares(1.5), "share: 1.5 (expected: 0 to 1)");
        RollOutPolicy policy = RollOutPolicy.standard();
        refuses(() -> policy.withWatch(Duration.ofSeconds(-1)), "watch: PT-1S (expected: 0 to 365 days)");
        refuses(() -> policy.withSettle(Duration.ofDays(366)), "settle: PT8784H (expected: 0 to 365 days)");
        refuses(() -> policy.withAttempts(0), "attempts: 0 (expected: >= 1)");
        refuses(() -> policy.tolerating(0.5, Duration.ZERO), "slower: 0.5 (expected: >= 1)");
        refuses(() -> policy.withFalseAlarms(0), "falseAlarms: 0.0 (expected: between 0 and 1)");
    }

    private static void refuses(Runnable description, String why) {
        assertThatIllegalArgumentException().isThrownBy(description::run).withMessage(why);
    }
}
