package io.symphony.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleAddressTest {

    @Test
    void theFlagGoesBeforeTheVariableAndThatBeforeTheDefault() {
        assertThat(at("80", "--port", "81")).isEqualTo(new SampleAddress("127.0.0.1", 81));
        assertThat(at("80", "--host", "0.0.0.0")).isEqualTo(new SampleAddress("0.0.0.0", 80));
        assertThat(at(null)).isEqualTo(new SampleAddress("127.0.0.1", 8080));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port x | --port: x (expected: a port, 0 to 65535)",
                "--port 65536 | --port: 65536 (expected: a port, 0 to 65535)",
                "--port | --port: no value (expected: one)",
                "--prot 1 | --prot: unknown option (expected: --port N or --host ADDRESS)"
            })
    void whatIsWrongIsSaid(String arguments, String message) {
        assertThatThrownBy(() -> at(null, arguments.split(" "))).hasMessage(message);
    }

    @Test
    void aWrongVariableIsNamed() {
        assertThatThrownBy(() -> at("-1")).hasMessage("PORT: -1 (expected: a port, 0 to 65535)");
    }

    private static SampleAddress at(String port, String... arguments) {
        return SampleAddress.of(arguments, port);
    }
}
