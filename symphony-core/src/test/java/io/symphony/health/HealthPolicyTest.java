package io.symphony.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Checks;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class HealthPolicyTest {

    private static final HealthPolicy STANDARD = HealthPolicy.standard();

    @Test
    void theStandardIsAskedEverySecondAndFallsAtTheThirdFailure() {
        assertThat(STANDARD)
                .isEqualTo(new HealthPolicy(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1,
                        3,
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        EjectionPolicy.after(1)));
        assertThat(STANDARD.strict().fall()).isEqualTo(1);
    }

    @Test
    void whatIsWellAndWhatIsSickIsDecidedByTheChecksInARow() {
        HealthPolicy policy = STANDARD.withRise(2).withFall(2);
        Checks none = Checks.dueAt(0);

        assertThat(policy.isWell(none)).isFalse();
        assertThat(policy.isSick(none)).isFalse();
        assertThat(policy.isWell(none.passed())).isFalse();
        assertThat(policy.isWell(none.passed().passed())).isTrue();
        assertThat(policy.isWell(none.passed().passed().failed(true))).isFalse();
        assertThat(policy.isSick(none.failed(true))).isFalse();
        assertThat(policy.isSick(none.failed(true).failed(false))).isTrue();
        assertThat(policy.isSick(none.failed(true).discarded())).isFalse();
        assertThat(policy.isSick(none.failed(true).passed().failed(true))).isFalse();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> STANDARD.withFall(0)).hasMessage("fall: 0 (expected: >= 1)");
        assertThatThrownBy(() -> STANDARD.withRise(0)).hasMessage("rise: 0 (expected: >= 1)");
        assertThatThrownBy(() -> HealthPolicy.every(Duration.ZERO)).hasMessage("interval: PT0S (expected: >= 10 ms)");
        assertThatThrownBy(() -> STANDARD.withTimeout(Duration.ofMillis(9)))
                .hasMessage("timeout: PT0.009S (expected: >= 10 ms)");
        assertThatThrownBy(() -> STANDARD.withSlowStart(Duration.ofSeconds(-1)))
                .hasMessage("slowStart: PT-1S (expected: 0 to 365 days)");
        assertThatThrownBy(() -> STANDARD.withStartTimeout(ChronoUnit.FOREVER.getDuration()))
                .hasMessageStartingWith("startTimeout: PT")
                .hasMessageEndingWith(" (expected: <= 365 days)");
    }
}
