package io.symphony.proxy.nginx;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where an nginx of ours has its files. Its name is the service's, so that the next start finds what a killed one left.
 * It is this user's alone; others may pass through it, since nginx's workers are another user where we are root.
 */
record NginxFolder(Path path) {

    private static final int LINES_SAID = 3;

    static NginxFolder of(String service) {
        return new NginxFolder(placeOf(service)).made();
    }

    static Path placeOf(String service) {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "symphony-nginx-" + user + "-" + service)
                .toAbsolutePath();
    }

    private NginxFolder made() {
        try {
            if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            }
            requireOurs();
        } catch (IOException e) {
            throw failed("made", e);
        }
        return this;
    }

    /** In a folder that all may write to, somebody else may have been there before. */
    private void requireOurs() throws IOException {
        Path probe = Files.createTempFile(path, "owner", "");
        Object us = Files.getOwner(probe);
        Files.delete(probe);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || !Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(us)) {
            throw new NginxException(path + " is not ours, and nginx's files were to go there. Remove it, or set"
                    + " -Djava.io.tmpdir to another folder.");
        }
    }

    Path configuration() {
        return path.resolve("nginx.conf");
    }

    Path upstream() {
        return path.resolve("upstream.conf");
    }

    Path pid() {
        return path.resolve("nginx.pid");
    }

    Path errorLog() {
        return path.resolve("error.log");
    }

    void write(String configuration) {
        try {
            Files.writeString(configuration(), configuration);
        } catch (IOException e) {
            throw failed("written to", e);
        }
    }

    /** The end of nginx's own log, for a report. */
    String lastWords() {
        try (Stream<String> lines = Files.lines(errorLog())) {
            List<String> all = lines.toList();
            return String.join("; ", all.subList(Math.max(0, all.size() - LINES_SAID), all.size()));
        } catch (IOException e) {
            return "nothing, and its error log cannot be read: " + e;
        }
    }

    /** What is gone already, since nginx removes files of its own as it ends, is as well as removed. */
    void remove() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw failed("removed", e);
        }
    }

    private NginxException failed(String verb, IOException cause) {
        return new NginxException("nginx's folder " + path + " cannot be " + verb + ": " + cause, cause);
    }
}
