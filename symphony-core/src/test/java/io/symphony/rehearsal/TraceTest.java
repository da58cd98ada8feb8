package io.symphony.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {

    @TempDir
    private Path folder;

    private Trace read(String lines) throws IOException {
        Path file = folder.resolve("monday.csv");
        Files.writeString(file, lines);
        return Trace.read(file);
    }

    @Test
    void aFileHasSecondsAndRequests() throws IOException {
        Trace trace = read("second,requests\n0,5\n1,7.6\n\n4,2\n");

        assertThat(trace).hasToString("monday.csv: 15 requests in 5 s");
        assertThat(trace.requestsIn(1)).isEqualTo(8);
        assertThat(trace.requestsIn(2)).as("a second that is missing").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"5,2", "5", "6,-3", "6,x", "-1,2", "99999999,2", "6,2,3", "six,2"})
    void aLineThatIsSomethingElseIsNamed(String wrong) {
        assertThatThrownBy(() -> read("0,1\n5,1\n" + wrong))
                .hasMessageStartingWith("line 3: " + wrong + " (expected: second,requests");
    }

    @Test
    void aFileWithoutALineIsNoTrace() {
        assertThatThrownBy(() -> read("second,requests\n")).hasMessageStartingWith("trace: 0 seconds (expected: ");
    }

    @Test
    void theShapesAreWhatTheirNamesSay() {
        assertThat(Trace.daily().seconds()).isEqualTo(3_600);
        assertThat(Trace.flashCrowd().requestsIn(1_190)).isEqualTo(50);
        assertThat(Trace.flashCrowd().requestsIn(1_215)).isEqualTo(1_000);
        assertThat(Trace.square().total()).isEqualTo(3_600 * 600);
    }

    @Test
    void aFactorLosesNoRequest() {
        assertThat(Trace.of("one", 1, 1, 1, 1).times(1.75).total()).isEqualTo(7);
    }
}
