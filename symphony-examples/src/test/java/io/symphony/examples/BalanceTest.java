package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.examples.config.Parser.Unexpected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BalanceTest {

    @ParameterizedTest
    @ValueSource(strings = {"round-robin", "least-connections", "two-choices", "first", "first:5", "hash:X-User"})
    void eachFormIsUnderstood(String text) throws Unexpected {
        assertThat(Balance.parse(text).name()).isEqualTo(text);
    }

    @Test
    void aHashNamesItsHeader() throws Unexpected {
        assertThat(Balance.parse("hash:X-User").hashedHeader()).contains("X-User");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "random", "first:", "first:0", "first:x", "hash:", "hash:X User", "Round-Robin"})
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Balance.parse(text)).isInstanceOf(Unexpected.class);
    }
}
