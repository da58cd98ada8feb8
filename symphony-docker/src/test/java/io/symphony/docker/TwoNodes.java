package io.symphony.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real swarm of two nodes, made on this machine before a class of tests and ended after it. That takes root and some
 * programs; elsewhere the tests are skipped and say so, or fail where {@code symphony.swarm.tests} is {@code required}.
 */
final class TwoNodes implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

    private static final Path SCRIPT = Path.of("src/test/swarm/two-nodes");
    private static final List<String> PROGRAMS = List.of("bash", "docker", "dockerd", "iptables", "ip", "nsenter");
    private static final String USER = System.getProperty("user.name");
    private static final String WISH = System.getProperty("symphony.swarm.tests", "");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String number = Integer.toString(ThreadLocalRandom.current().nextInt(1, 250));
    private final Path directory = Path.of(System.getProperty("java.io.tmpdir"), "symphony-swarm-" + number);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (WISH.equals("off")) {
            return ConditionEvaluationResult.disabled("Swarm tests are switched off (symphony.swarm.tests=off)");
        }
        List<String> missing =
                PROGRAMS.stream().filter(each -> !isInstalled(each)).toList();
        if (missing.isEmpty() && USER.equals("root") || WISH.equals("required")) {
            return ConditionEvaluationResult.enabled("a swarm can be made, or has to be");
        }
        String sentence = "Swarm tests are skipped: they make a swarm of their own, which takes root (we are " + USER
                + ") and programs (missing here: " + missing + ")";
        System.err.println(context.getDisplayName() + ": " + sentence);
        return ConditionEvaluationResult.disabled(sentence);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        order("up");
        try (DockerRuntime runtime = OnDocker.runtime().host(manager()).build()) {
            OnDocker.image(OnDocker.IMAGE).make(runtime.images());
        }
        order("share", OnDocker.IMAGE);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        order("down");
    }

    /** A runtime on the manager. */
    SwarmRuntime runtime(Duration grace) {
        return OnDocker.runtime().host(manager()).buildOnSwarm(grace);
    }

    /** Ends the worker's daemon and its containers with SIGKILL. */
    void killWorker() throws IOException, InterruptedException {
        order("kill-worker");
    }

    String manager() {
        return "unix://" + directory.resolve("manager/docker.sock");
    }

    private void order(String... words) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of("bash", SCRIPT.toString()), Stream.of(words), Stream.of(directory.toString(), number))
                .flatMap(each -> each)
                .toList();
        Path said = Files.createTempFile("two-nodes-", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(command + " did not work:\n" + Files.readString(said));
            }
        } finally {
            process.destroyForcibly();
            Files.delete(said);
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
