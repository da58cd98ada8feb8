package io.symphony.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The docker command, for what a test does or asks behind our back. */
public final class DockerCommand {
    private DockerCommand() {}

    /** Runs it and returns what it printed, without the last line's end. */
    public static String docker(String... words) throws IOException, InterruptedException {
        Ended ended = run(words);
        if (ended.code() != 0) {
            throw new AssertionError(List.of(words) + " ended with " + ended.code() + ": " + ended.printed());
        }
        return ended.printed();
    }

    /** Runs it at a container that may be gone by now. */
    public static void attempt(String... words) throws IOException, InterruptedException {
        Ended ended = run(words);
        if (ended.code() != 0) {
            throw new IOException(ended.printed());
        }
    }

    private static Ended run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), printed.strip());
    }

    /** The ids of a service's containers, running or not. */
    public static List<String> containersOf(String service) throws IOException, InterruptedException {
        return lines(
                docker("ps", "--all", "--quiet", "--no-trunc", "--filter", "label=io.symphony.service=" + service));
    }

    static String inspect(String container, String format) throws IOException, InterruptedException {
        return docker("inspect", "--format", format, container);
    }

    public static void remove(List<String> containers) throws IOException, InterruptedException {
        for (String container : containers) {
            docker("rm", "--force", container);
        }
    }

    private static List<String> lines(String text) {
        return Stream.of(text.split("\n", -1)).filter(line -> !line.isBlank()).toList();
    }

    private record Ended(int code, String printed) {}
}
