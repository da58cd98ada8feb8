package io.symphony.docker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An archive in the ustar format, written front to back. The same files give the same bytes: order, owner and time do
 * not depend on the machine.
 */
final class Tar implements AutoCloseable {

    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int PREFIX_BYTES = 155;
    private static final int DIRECTORY_MODE = 0755;
    private static final int PROGRAM_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final OutputStream out;

    Tar(OutputStream out) {
        this.out = out;
    }

    /** A directory that anybody may enter. */
    void directory(String name) throws IOException {
        head(name + "/", DIRECTORY_MODE, 0, '5');
    }

    /** A directory with a mode of its own, such as 01777. */
    void directory(String name, int mode) throws IOException {
        head(name + "/", mode, 0, '5');
    }

    void file(String name, byte[] content) throws IOException {
        head(name, FILE_MODE, content.length, '0');
        out.write(content);
        pad(content.length);
    }

    /** Copies a file, through a link, too. It stays a program when it is one. */
    void file(String name, Path source) throws IOException {
        long size = Files.size(source);
        head(name, Files.isExecutable(source) ? PROGRAM_MODE : FILE_MODE, size, '0');
        Files.copy(source, out);
        pad(size);
    }

    /** Copies a directory with all that is in it. */
    void tree(String name, Path source) throws IOException {
        directory(name);
        List<Path> children;
        try (Stream<Path> listed = Files.list(source)) {
            children = listed.sorted().toList();
        }
        for (Path child : children) {
            String path = name + "/" + child.getFileName();
            if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                tree(path, child);
            } else {
                file(path, child);
            }
        }
    }

    /** Ends the archive; whoever opened the stream closes it. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * BLOCK]);
        out.flush();
    }

    private void head(String name, int mode, long size, char type) throws IOException {
        byte[] head = new byte[BLOCK];
        int split = split(name);
        put(head, 0, name.substring(split));
        put(head, 345, split == 0 ? "" : name.substring(0, split - 1));
        put(head, 100, octal(mode, 7));
        put(head, 108, octal(0, 7));
        put(head, 116, octal(0, 7));
        put(head, 124, octal(size, 11));
        put(head, 136, octal(0, 11));
        put(head, 156, String.valueOf(type));
        put(head, 257, "ustar\00000");
        put(head, 148, "        "); // the sum is taken with blanks in its own place
        int sum = 0;
        for (byte each : head) {
            sum += each & 0xff;
        }
        put(head, 148, octal(sum, 6) + "\0 ");
        out.write(head);
    }

    /** Where a long name is cut in two, at a slash; what is before goes into a field of its own. */
    private static int split(String name) throws IOException {
        int length = name.getBytes(StandardCharsets.UTF_8).length;
        if (length <= NAME_BYTES) {
            return 0;
        }
        int slash = name.indexOf('/', name.length() - NAME_BYTES - 1);
        if (slash < 1 || slash > PREFIX_BYTES || length != name.length() || slash == name.length() - 1) {
            throw new IOException("cannot put '" + name + "' into a tar archive: its name is too long");
        }
        return slash + 1;
    }

    private static String octal(long value, int digits) {
        return String.format("%0" + digits + "o", value);
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    private void pad(long size) throws IOException {
        out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
    }
}
