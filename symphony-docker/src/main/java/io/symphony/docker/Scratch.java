package io.symphony.docker;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory that something is made in, and that goes afterwards. */
final class Scratch extends SimpleFileVisitor<Path> {

    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private Scratch() {}

    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new Scratch());
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", directory, e.toString());
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
        if (e != null) {
            throw e;
        }
        Files.delete(directory);
        return FileVisitResult.CONTINUE;
    }
}
