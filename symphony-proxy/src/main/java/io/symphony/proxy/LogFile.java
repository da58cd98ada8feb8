package io.symphony.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A file that is appended to, and made anew when somebody moves it away, as those do that rotate logs. */
final class LogFile implements LogSink {

    private final Path path;
    private OutputStream out;
    private @Nullable Object key;

    private LogFile(Path path) throws IOException {
        this.path = path;
        out = open();
        key = keyNow();
    }

    static LogFile at(Path path) {
        try {
            return new LogFile(path);
        } catch (IOException e) {
            throw new UncheckedIOException("access log " + path + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    private OutputStream open() throws IOException {
        return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What tells this file from another of its name; null where there is none, or where the system cannot tell. */
    private @Nullable Object keyNow() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException moved) {
            return null;
        }
    }

    @Override
    public void write(byte[] lines) throws IOException {
        if (key != null && !Objects.equals(key, keyNow())) {
            OutputStream moved = out;
            out = open();
            key = keyNow();
            moved.close();
        }
        out.write(lines);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
