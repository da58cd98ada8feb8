package io.symphony.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaIdTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "acts-4, acts, 4",
        "a-b-c-12, a-b-c, 12",
        "acts-2-1, acts-2, 1",
        "acts.v1_x-9223372036854775807, acts.v1_x, 9223372036854775807"
    })
    void readsWhatItWrites(String text, String service, long number) {
        assertThat(ReplicaId.parse(text)).isEqualTo(new ReplicaId(service, number));
        assertThat(new ReplicaId(service, number)).hasToString(text);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"", "acts", "acts-", "-4", "acts--4", "acts-x", "ACTS-1", "acts-9223372036854775808"})
    void refusesWhatItWouldNotWrite(String text) {
        assertThatThrownBy(() -> ReplicaId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "''{0}''")
    @ValueSource(strings = {"acts-04", "acts-+4", "acts-0"})
    void hasOneSpellingOnly(String text) {
        assertThatThrownBy(() -> ReplicaId.parse(text))
                .hasMessage("replica id: " + text + " (expected: SERVICE-NUMBER)");
    }

    @Test
    void saysWhatItExpects() {
        assertThatThrownBy(() -> ReplicaId.parse("acts")).hasMessage("replica id: acts (expected: SERVICE-NUMBER)");
        assertThatThrownBy(() -> new ReplicaId("acts", 0)).hasMessage("number: 0 (expected: >= 1)");
    }

    @Test
    void sortsByNumberAndNotByText() {
        assertThat(new ReplicaId("acts", 9)).isLessThan(new ReplicaId("acts", 10));
        assertThat(new ReplicaId("bets", 1)).isGreaterThan(new ReplicaId("acts", 10));
    }
}
