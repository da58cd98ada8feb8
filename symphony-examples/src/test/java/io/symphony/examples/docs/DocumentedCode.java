package io.symphony.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java that stands in the documentation, and a way to run it as a reader would: with the bundled jar alone. */
final class DocumentedCode {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    static final Path JAR = ROOT.resolve("symphony-examples/target/symphony.jar");

    private static final Pattern JAVA = Pattern.compile("^```java\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private DocumentedCode() {}

    static List<String> blocksOf(String file) {
        return JAVA.matcher(text(file)).results().map(block -> block.group(1)).toList();
    }

    /** The blocks of each section, joined; a section begins with a heading of the second level. */
    static List<String> sectionsOf(String file) {
        return Stream.of(text(file).split("\n## ", -1))
                .map(section -> JAVA.matcher(section)
                        .results()
                        .map(block -> block.group(1))
                        .collect(Collectors.joining()))
                .filter(blocks -> !blocks.isEmpty())
                .toList();
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a source file with {@code java -cp symphony.jar}, from the project's root, and returns what it printed. */
    static String run(Path source, Path output) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", JAR.toString(), source.toString())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("still running after 60 s; it printed:\n" + Files.readString(output));
        }
        String printed = Files.readString(output);
        if (process.exitValue() != 0) {
            throw new AssertionError("exit code " + process.exitValue() + "; it printed:\n" + printed);
        }
        return printed;
    }
}
