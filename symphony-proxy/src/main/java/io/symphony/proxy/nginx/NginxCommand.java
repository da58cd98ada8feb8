package io.symphony.proxy.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * How nginx is called: to check its configuration, and to send it a signal. Each call has a deadline.
 *
 * <pre>{@code
 * NginxCommand.of("sudo", "nginx", "-c", "/etc/nginx/edge.conf").withDeadline(Duration.ofSeconds(30));
 * }</pre>
 *
 * @param words the program and the arguments that come before ours
 * @param deadline how long a call may take
 */
public record NginxCommand(List<String> words, Duration deadline) {

    private static final int MOST_OUTPUT = 8 << 20;
    private static final int LINES_SAID = 3;

    public NginxCommand {
        words = List.copyOf(words);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("words: none (expected: a program, such as nginx)");
        }
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline: " + deadline + " (expected: > 0)");
        }
    }

    /** Within 10 s each. */
    public static NginxCommand of(String... words) {
        return new NginxCommand(List.of(words), Duration.ofSeconds(10));
    }

    public NginxCommand withDeadline(Duration limit) {
        return new NginxCommand(words, limit);
    }

    NginxCommand with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new NginxCommand(all, deadline);
    }

    /** The whole configuration, files that it includes among them, once nginx has found it good. */
    String checkedConfiguration() throws InterruptedException {
        return with("-T").run();
    }

    void signal(String name) throws InterruptedException {
        with("-s", name).run();
    }

    /** Runs it to its end and returns what it wrote; where that is not a good end, throws with its last words. */
    String run() throws InterruptedException {
        Process process = started();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, output), "symphony-nginx-output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!process.waitFor(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new NginxException(this + " did not end within " + deadline.toMillis()
                        + " ms and was killed. Run it by hand to see what it waits for.");
            }
            String said = output.completeOnTimeout("", deadline.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
            if (process.exitValue() != 0) {
                throw new NginxException(this + " says: " + lastLines(said));
            }
            return said;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process started() {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new NginxException(
                    words.get(0) + " cannot be run (" + e.getMessage()
                            + "). Install it, on Debian with: apt-get install nginx; or say how it is called.",
                    e);
        }
    }

    /** Reads to the end whatever the length, since a process whose output nobody takes never ends. */
    private static void read(Process process, CompletableFuture<String> output) {
        try (InputStream stream = process.getInputStream()) {
            byte[] bytes = stream.readNBytes(MOST_OUTPUT);
            stream.transferTo(OutputStream.nullOutputStream());
            output.complete(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            output.completeExceptionally(new UncheckedIOException(e));
        }
    }

    private static String lastLines(String said) {
        List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty()
                ? "nothing"
                : lines.stream()
                        .skip(Math.max(0, lines.size() - LINES_SAID))
                        .map(String::strip)
                        .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
