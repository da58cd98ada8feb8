package io.symphony.docker;

import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A small Java runtime, linked from the JDK that we run on, and what it needs of the system. */
final class JavaHome {

    private static final long LIMIT_SECONDS = 120;

    /** {@code libz.so.1 => /lib/x86_64-linux-gnu/libz.so.1 (0x...)}, or the loader's path alone. */
    private static final Pattern LIBRARY =
            Pattern.compile("^\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$", Pattern.MULTILINE);

    private JavaHome() {}

    static void link(List<String> modules, Path directory) throws RuntimeFailure, InterruptedException {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!System.getProperty("os.name").startsWith("Linux") || !Files.isExecutable(jlink)) {
            throw new RuntimeFailure("an image is made from the running JDK, on Linux; there is no " + jlink
                    + " here. Run with a JDK instead of a JRE.");
        }
        run(
                jlink.toString(),
                "--add-modules",
                String.join(",", modules),
                "--strip-java-debug-attributes",
                "--no-man-pages",
                "--no-header-files",
                "--output",
                directory.toString());
        Scratch.delete(directory.resolve("legal"));
        share(directory);
    }

    /**
     * Stores the JDK's classes as a start has them in memory, which halves the CPU time of one. The store remembers when
     * the modules were written, and holds for no others; in an image of ours every file is of the year 1970.
     */
    private static void share(Path directory) throws RuntimeFailure, InterruptedException {
        try {
            Files.setLastModifiedTime(directory.resolve("lib/modules"), FileTime.fromMillis(0));
            run(directory.resolve("bin/java").toString(), "-Xshare:dump");
        } catch (IOException e) {
            throw new RuntimeFailure("cannot write in " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The libraries outside that the runtime's programs and libraries load, the dynamic loader among them. */
    static List<Path> libraries(Path directory) throws IOException, RuntimeFailure, InterruptedException {
        List<String> words = new ArrayList<>(List.of("ldd"));
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.endsWith("bin/java") || file.toString().endsWith(".so"))
                    .map(Path::toString)
                    .forEach(words::add);
        }
        Set<Path> libraries = new TreeSet<>();
        Matcher line = LIBRARY.matcher(run(words.toArray(String[]::new)));
        while (line.find()) {
            Path library = Path.of(line.group(1));
            if (!library.startsWith(directory)) {
                libraries.add(library);
            }
        }
        return List.copyOf(libraries);
    }

    private static String run(String... words) throws RuntimeFailure, InterruptedException {
        try {
            Path log = Files.createTempFile("symphony-", ".out");
            try {
                return run(log, words);
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new RuntimeFailure("cannot run " + words[0] + ": " + e.getMessage(), e);
        }
    }

    private static String run(Path log, String... words) throws IOException, RuntimeFailure, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new RuntimeFailure(words[0] + " failed: " + Files.readString(log, StandardCharsets.UTF_8));
            }
            return Files.readString(log, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
