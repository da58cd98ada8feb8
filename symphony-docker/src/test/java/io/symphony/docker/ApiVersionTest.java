package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApiVersionTest {

    @Test
    void theEngineOfDebian12SpeaksItsNewest() {
        assertThat(negotiate("1.12", "1.41")).isEqualTo("1.41");
    }

    @Test
    void anEngineThatSpeaksOursSpeaksOurs() {
        assertThat(negotiate("1.24", "1.51")).isEqualTo("1.44");
        assertThat(negotiate("1.44", "1.52")).isEqualTo("1.44");
    }

    @Test
    void anEngineThatTakesOursNoMoreSpeaksItsOldest() {
        assertThat(negotiate("1.50", "1.60")).isEqualTo("1.50");
    }

    @Test
    void versionsAreComparedAsNumbers() {
        assertThat(ApiVersion.parse("1.9")).isLessThan(ApiVersion.parse("1.44"));
        assertThat(ApiVersion.parse("1.99")).isLessThan(ApiVersion.parse("2.0"));
    }

    @Test
    void anythingElseIsRefused() {
        assertThatThrownBy(() -> ApiVersion.parse("v1.44"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("apiVersion: 'v1.44' (expected: such as 1.44)");
    }

    private static String negotiate(String oldest, String newest) {
        return ApiVersion.negotiate(ApiVersion.parse(oldest), ApiVersion.parse(newest))
                .toString();
    }
}
