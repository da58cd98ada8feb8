package io.symphony.examples;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bundled program as a process of its own, and what it has printed. */
final class Launched implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader = new Thread(this::read, "launched-output");

    private Launched(Process process) {
        this.process = process;
        reader.setDaemon(true);
        reader.start();
    }

    static Launched program(String... words) throws IOException {
        return program(Map.of(), words);
    }

    static Launched program(Map<String, String> environment, String... words) throws IOException {
        return through(List.of(), environment, words);
    }

    /** As {@link #program}, by way of another command, which becomes the program. */
    static Launched through(List<String> way, Map<String, String> environment, String... words) throws IOException {
        List<String> command = new ArrayList<>(way);
        command.addAll(List.of(JAVA.toString(), "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Symphony.class.getName());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SYMPHONY_ADMIN", "127.0.0.1:0"); // tests share this machine
        builder.environment().putAll(environment);
        return new Launched(builder.start());
    }

    /** A command for {@code --process}: the sample service, small and quick. */
    static String sampleCommand() {
        return "'" + JAVA + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx48m -cp '"
                + System.getProperty("java.class.path") + "' io.symphony.examples.sample.SampleService";
    }

    /** Waits for a line that contains the pattern, and returns what its first group matched. */
    String awaitLine(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        await("a line like " + pattern + " in\n" + output())
                .atMost(PATIENCE)
                .until(() -> matches(compiled).count() > 0);
        return matches(compiled)
                .findFirst()
                .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
                .orElseThrow();
    }

    void awaitLines(int count, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        await(count + " lines like " + pattern)
                .atMost(PATIENCE)
                .until(() -> matches(compiled).count() >= count);
    }

    /** Asks the program to end, as Ctrl-C or a service manager does. */
    Launched terminate() {
        process.toHandle().destroy();
        return this;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + output());
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    String output() {
        return String.join("\n", lines);
    }

    /** The processes that carry the mark of a service, whoever their parent is by now. */
    static List<ProcessHandle> replicasOf(String service) {
        return ProcessHandle.allProcesses()
                .filter(handle -> environment(handle).contains("\0SYMPHONY_SERVICE=" + service + "\0"))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Stream<Matcher> matches(Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find);
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (UncheckedIOException | IOException e) {
            lines.add("(output ended: " + e.getMessage() + ")");
        }
    }

    private static String environment(ProcessHandle handle) {
        try {
            return "\0" + Files.readString(Path.of("/proc/" + handle.pid() + "/environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // Gone in the meantime, or not ours.
            return "";
        }
    }
}
