package io.symphony.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0   | ended with exit code 0 (a replica has to stay in the foreground)",
                "3   | ended with exit code 3",
                "126 | ended with exit code 126 (by convention: cannot be executed)",
                "127 | ended with exit code 127 (by convention: command not found)",
                "137 | killed by SIGKILL (9), exit code 137",
                "139 | killed by SIGSEGV (11), exit code 139",
                "143 | killed by SIGTERM (15), exit code 143",
                "255 | ended with exit code 255",
            })
    void anExitCodeIsToldInWords(int exitCode, String words) {
        assertThat(Ending.of(exitCode)).isEqualTo(words);
    }
}
