package io.symphony.examples.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the victims wrote down: each request that reached one, before it was answered. */
final class Records {

    private final Path folder;

    Records(Path folder) {
        this.folder = folder;
    }

    /** The numbers of the POSTs that more than one victim was given, or one twice. */
    Set<String> postsGivenTwice() {
        Set<String> seen = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (Path each : files()) {
            lines(each)
                    .filter(line -> line.startsWith("POST "))
                    .filter(line -> !seen.add(line))
                    .forEach(twice::add);
        }
        return twice;
    }

    /** The requests that victims were given but for the one of this process. */
    Set<String> ofOthersThan(long pid) {
        Set<String> given = new HashSet<>();
        for (Path each : files()) {
            if (!each.endsWith("victim-" + pid)) {
                lines(each).forEach(given::add);
            }
        }
        return given;
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
