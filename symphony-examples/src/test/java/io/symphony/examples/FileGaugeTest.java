package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGaugeTest {

    @TempDir
    private Path folder;

    @Test
    void readsTheFirstWord() throws IOException {
        assertThat(gauge("42.5 waiting\n").value()).hasValue(42.5);
        assertThat(gauge("  7\n8\n").value()).hasValue(7);
    }

    @Test
    void anEmptyFileSaysNothing() throws IOException {
        assertThat(gauge("\n").value()).isEmpty();
    }

    @Test
    void noFileAndNoNumberAreFailures() throws IOException {
        assertThatThrownBy(() -> new FileGauge(folder.resolve("none")).value()).isInstanceOf(NoSuchFileException.class);
        FileGauge words = gauge("many");
        assertThatThrownBy(words::value).isInstanceOf(NumberFormatException.class);
    }

    private FileGauge gauge(String text) throws IOException {
        return new FileGauge(Files.writeString(folder.resolve("gauge"), text));
    }
}
