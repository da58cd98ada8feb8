package io.symphony.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types what stands in the documentation, in the project's root, with the Java that runs the tests. */
final class Shell {
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private final Path folder;
    private int commands;

    /** @param folder for what is printed */
    Shell(Path folder) {
        this.folder = folder;
    }

    /** The lines of the first so many blocks of commands that come after a mark. */
    static List<String> linesAfter(String page, String mark, int blocks) throws IOException {
        String text = Files.readString(DocumentedCode.ROOT.resolve(page));
        Matcher block = BLOCK.matcher(text.substring(text.indexOf(mark)));
        List<String> lines = new ArrayList<>();
        for (int found = 0; found < blocks && block.find(); found++) {
            block.group(1).lines().forEach(lines::add);
        }
        return lines;
    }

    /** Waits for a command's good end and returns what it has printed. */
    String run(String line) throws IOException, InterruptedException {
        try (Background command = start(line)) {
            if (!command.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    || command.process().exitValue() != 0) {
                throw new AssertionError(line + " failed or runs on; it printed:\n" + command.printed());
            }
            return command.printed();
        }
    }

    /** @param variables names and values in turn */
    Background start(String line, String... variables) throws IOException {
        Path output = folder.resolve("printed-" + ++commands + ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + line)
                .directory(DocumentedCode.ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");
        builder.environment().put("PATH", path);
        for (int i = 0; i < variables.length; i += 2) {
            builder.environment().put(variables[i], variables[i + 1]);
        }
        return new Background(line, builder.start(), output);
    }

    /** A command that runs on; closed, it is asked to end. */
    record Background(String line, Process process, Path output) implements AutoCloseable {

        String printed() throws IOException {
            return Files.readString(output);
        }

        @Override
        public void close() {
            process.destroy();
            try {
                process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                process.destroyForcibly();
                throw new AssertionError(line + " did not end", e);
            }
        }
    }
}
