package io.symphony.examples;

import io.symphony.docker.Images;
import io.symphony.docker.JavaImage;
import io.symphony.examples.sample.SampleService;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The sample service as an image, made from the running JDK without any registry. */
final class SampleImage {
    static final String NAME = "symphony-sample";
    static final int PORT = 8_080;

    private static final String CLASSES = SampleService.class.getPackageName().replace('.', '/');

    private SampleImage() {}

    static void make(Images images, String reference) throws IOException, RuntimeFailure, InterruptedException {
        Path jar = Files.createTempFile("symphony-sample-", ".jar");
        try {
            write(jar);
            new JavaImage(reference, SampleService.class.getName())
                    .withArguments("--host", "0.0.0.0", "--port", Integer.toString(PORT))
                    .withClassPath(jar)
                    .withPort(PORT)
                    .make(images);
        } finally {
            Files.delete(jar);
        }
    }

    /** The service alone, out of the jar that we run from or out of the directory of a build. */
    private static void write(Path jar) throws IOException {
        Path code = ourCode();
        if (Files.isDirectory(code)) {
            write(jar, code.resolve(CLASSES));
            return;
        }
        try (FileSystem bundle = FileSystems.newFileSystem(code)) {
            write(jar, bundle.getPath(CLASSES));
        }
    }

    private static void write(Path jar, Path classes) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(classes)) {
            files = listed.filter(Files::isRegularFile).sorted().toList();
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files) {
                JarEntry entry = new JarEntry(CLASSES + "/" + file.getFileName());
                entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // the same classes make the same image
                out.putNextEntry(entry);
                Files.copy(file, out);
            }
        }
    }

    private static Path ourCode() {
        try {
            return Path.of(SampleService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("a class is loaded from a file", e);
        }
    }
}
