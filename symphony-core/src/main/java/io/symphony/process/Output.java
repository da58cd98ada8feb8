package io.symphony.process;

import io.symphony.fleet.ReplicaId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that takes what a replica writes. A file and not a pipe, because the replica then never waits for us to
 * read and does not break when we are gone; and its last lines can be read after either of us has died.
 */
record Output(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private static final String PREFIX = "symphony-";
    private static final String SUFFIX = ".log";
    private static final int LIMIT_BYTES = 4 << 20;
    private static final int TAIL_BYTES = 16 << 10;
    private static final int LINES = 20;
    private static final int LINE_CHARS = 400;

    /** Terminal sequences and control characters: what a replica wrote ends up on somebody's terminal. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("\\x1b\\[[0-9;?]*[ -/]*[@-~]|[\\x00-\\x08\\x0b-\\x1f\\x7f\\x80-\\x9f]");

    /** A new file with a name that nobody can guess, readable by its owner alone. */
    static Output create(ReplicaId id) throws IOException {
        return new Output(Files.createTempFile(PREFIX + id + "-", SUFFIX));
    }

    /** The file that a replica's mark names. Another sort of name is refused, because we empty and delete it. */
    static Optional<Output> at(String path, ReplicaId id) {
        try {
            Path file = Path.of(path);
            Pattern names = Pattern.compile(Pattern.quote(PREFIX + id + "-") + "[0-9]+" + Pattern.quote(SUFFIX));
            boolean ours = file.isAbsolute()
                    && names.matcher(String.valueOf(file.getFileName())).matches();
            return ours ? Optional.of(new Output(file)) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Appends, so that the replica goes on at the new end after we made the file shorter. */
    ProcessBuilder.Redirect redirect() {
        return ProcessBuilder.Redirect.appendTo(path.toFile());
    }

    /** The last lines, each cut to a length; empty where there are none. */
    String lastLines() {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return readable(tail(file));
        } catch (IOException e) {
            return "";
        }
    }

    /** Keeps the end of a file that has grown too long. What is written at this very moment may be lost. */
    void bound() {
        try {
            if (Files.size(path) > LIMIT_BYTES) {
                shorten();
            }
        } catch (IOException e) {
            LOG.debug("cannot bound {}", path, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("cannot delete {}: {}", path, e.toString());
        }
    }

    private void shorten() throws IOException {
        byte[] tail;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            tail = tail(file);
        }
        try (FileChannel file = FileChannel.open(
                path, StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(tail));
        }
    }

    private static byte[] tail(FileChannel file) throws IOException {
        long start = Math.max(0, file.size() - TAIL_BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(TAIL_BYTES);
        while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) > 0) {}
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static String readable(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<String> lines = text.lines()
                .map(line -> UNPRINTABLE.matcher(line).replaceAll(""))
                .filter(line -> !line.isBlank())
                .map(line -> line.length() > LINE_CHARS ? line.substring(0, LINE_CHARS) + "..." : line)
                .toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
