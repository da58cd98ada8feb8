package io.symphony.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EjectionPolicyTest {

    @Test
    void anEjectionLastsLongerEachTimeUpToFiveMinutes() {
        EjectionPolicy policy = EjectionPolicy.standard().withTimeout(Duration.ofSeconds(10));

        assertThat(IntStream.of(1, 2, 3, 29, 30, 31, 1_000)
                        .mapToObj(times -> policy.lasts(times).toSeconds()))
                .containsExactly(10L, 20L, 30L, 290L, 300L, 300L, 300L);
    }

    @Test
    void aBaseOfMoreThanThatIsKept() {
        assertThat(EjectionPolicy.standard().withTimeout(Duration.ofMinutes(7)).lasts(3))
                .isEqualTo(Duration.ofMinutes(7));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> EjectionPolicy.after(-1)).hasMessage("maxFails: -1 (expected: >= 0)");
        assertThatThrownBy(() -> EjectionPolicy.after(1).withTimeout(Duration.ofMillis(99)))
                .hasMessage("failTimeout: PT0.099S (expected: 100 ms to 1 day)");
        assertThatThrownBy(() -> EjectionPolicy.after(1).withStatuses(Set.of(500, 99)))
                .hasMessage("statuses: 99 (expected: 100 to 999)");
    }
}
