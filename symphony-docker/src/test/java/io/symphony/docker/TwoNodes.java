package io.symphony.docker;

import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A real swarm of two nodes, made on this machine before the first test on it and ended after the last one. That takes
 * root and some programs; elsewhere the tests are skipped and say so, or fail where {@code symphony.swarm.tests} is
 * {@code required}.
 */
public class TwoNodes implements ExecutionCondition, BeforeAllCallback {

    private static final Namespace OURS = Namespace.create(TwoNodes.class);
    private static final Path SCRIPT = Path.of("..", "symphony-docker", "src/test/swarm/two-nodes");
    private static final List<String> PROGRAMS = List.of("bash", "docker", "dockerd", "iptables", "ip", "nsenter");
    private static final String USER = System.getProperty("user.name");
    private static final String WISH = System.getProperty("symphony.swarm.tests", "");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String NUMBER =
            Integer.toString(ThreadLocalRandom.current().nextInt(1, 250));
    private static final Path DIRECTORY = Path.of(System.getProperty("java.io.tmpdir"), "symphony-swarm-" + NUMBER);

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
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("swarm", key -> new Swarm(this), Swarm.class);
    }

    /** Makes the image of the tests on the manager, and returns its name. */
    protected String makeImage(Images images)
            throws RuntimeFailure, InterruptedException, IOException, URISyntaxException {
        OnDocker.image(OnDocker.IMAGE).make(images);
        return OnDocker.IMAGE;
    }

    /** A runtime on the manager. */
    static SwarmRuntime runtime(Duration grace) {
        return OnDocker.runtime().host(manager()).buildOnSwarm(grace);
    }

    /** Ends the worker's daemon and its containers with SIGKILL. */
    public static void killWorker() throws IOException, InterruptedException {
        order("kill-worker");
    }

    /** Starts the worker's daemon again, and waits until it takes tasks. */
    public static void reviveWorker() throws IOException, InterruptedException {
        order("revive-worker");
    }

    /** The manager's daemon answers nothing until {@link #thawManager()}; what runs on its node goes on. */
    public static void freezeManager() throws IOException, InterruptedException {
        order("freeze-manager");
    }

    public static void thawManager() throws IOException, InterruptedException {
        order("thaw-manager");
    }

    /** Between the nodes nothing goes through until {@link #mend()}; we reach both. */
    public static void cut() throws IOException, InterruptedException {
        order("cut");
    }

    public static void mend() throws IOException, InterruptedException {
        order("mend");
    }

    public static String managerAddress() {
        return "10.213." + NUMBER + ".11";
    }

    public static String workerAddress() {
        return "10.213." + NUMBER + ".12";
    }

    /** What goes before a command that is to run in the network of a node: {@code manager} or {@code worker}. */
    public static List<String> on(String node) {
        return List.of("nsenter", "--net=/run/netns/sy-swarm-" + NUMBER + "-" + node);
    }

    /** Where the manager's daemon listens. */
    public static String manager() {
        return "unix://" + DIRECTORY.resolve("manager/docker.sock");
    }

    private static void order(String... words) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of("bash", SCRIPT.toString()), Stream.of(words), Stream.of(DIRECTORY.toString(), NUMBER))
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

    /** The swarm of all tests of one run, with their image on each node. */
    private static final class Swarm implements AutoCloseable {

        Swarm(TwoNodes plan) {
            try {
                order("up");
                try (DockerRuntime runtime =
                        DockerRuntime.builder().host(manager()).build()) {
                    order("share", plan.makeImage(runtime.images()));
                }
            } catch (IOException | RuntimeFailure | InterruptedException | URISyntaxException e) {
                throw new IllegalStateException("no swarm for the tests", e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                order("down");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
