package io.symphony.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.examples.config.Parser.Unexpected;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "2s, PT2S",
        "5m, PT5M",
        "1h, PT1H",
        "0s, PT0S",
        "1.5s, PT1.5S",
        "0.25ms, PT0.00025S",
        "' 10 s ', PT10S",
        "120s, PT2M"
    })
    void aDurationHasANumberAndAUnit(String text, Duration duration) throws Unexpected {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1d", "1,5s", "1e3s", "PT5S", "99999999999s", "9000000h"})
    void everythingElseIsNone(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(Unexpected.class)
                .hasMessageContaining("a duration");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.5S, 500ms", "PT30S, 30s", "PT90S, 90s", "PT2M, 2m", "PT3H, 3h"})
    void aDurationIsWrittenInTheLargestUnitThatFits(Duration duration, String text) {
        assertThat(Durations.text(duration)).isEqualTo(text);
    }
}
