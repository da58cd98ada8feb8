package io.symphony.examples;

import io.symphony.spi.Gauge;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** A number that somebody else writes into a file, as its first word. An empty file says nothing. */
record FileGauge(Path file) implements Gauge {
    private static final int LONGEST_NUMBER = 64;

    @Override
    public OptionalDouble value() throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            char[] start = new char[LONGEST_NUMBER];
            int length = reader.read(start);
            String text = length <= 0 ? "" : new String(start, 0, length).strip();
            return text.isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Double.parseDouble(text.split("\\s", 2)[0]));
        }
    }
}
