package io.symphony.proxy.nginx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** One file that nginx includes. It is replaced as a whole, so that nginx never reads half of it. */
final class UpstreamFile {

    private final Path path;

    UpstreamFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    /** What stands there; empty where there is no such file. */
    Optional<String> text() {
        try {
            return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    void write(String text) {
        try {
            Path target = Files.exists(path) ? path.toRealPath() : path; // a link stays one
            Path folder = Objects.requireNonNull(target.getParent(), "an absolute path to a file has a parent");
            // The dot keeps it out of an include such as conf.d/*.conf.
            Path fresh = folder.resolve("." + target.getFileName() + ".new");
            Files.writeString(fresh, text);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("written", e);
        }
    }

    /** Puts back what {@link #text()} said. */
    void restore(Optional<String> former) {
        if (former.isPresent()) {
            write(former.get());
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failed("removed", e);
        }
    }

    private NginxException failed(String verb, IOException cause) {
        return new NginxException(
                "the upstream file " + path + " cannot be " + verb + " (" + cause
                        + "). Make its folder, and give this user the right to write there.",
                cause);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
