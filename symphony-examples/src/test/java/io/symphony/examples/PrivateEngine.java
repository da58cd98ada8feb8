package io.symphony.examples;

import static io.symphony.examples.DockerCommand.docker;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Docker Engine of a test's own, which may be frozen and killed. It listens on TCP behind TLS as well, and lets its
 * containers live when it ends. Its bridge is a network of the shared Engine: to make one itself, it would change rules
 * of the firewall that the shared one lives by.
 */
final class PrivateEngine {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The authority, and two certificates that it has signed: one for the Engine, one for its client. */
    private static final Path KEYS =
            Path.of("..", "symphony-proxy", "src", "test", "resources", "io", "symphony", "proxy", "tls");

    private final String bridge = "sy-" + ProcessHandle.current().pid();
    private final Path folder;
    private final int port;
    private Process dockerd;

    private PrivateEngine(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        Files.copy(KEYS.resolve("ca.pem"), folder.resolve("ca.pem"));
        Files.copy(KEYS.resolve("second.pem"), folder.resolve("cert.pem"));
        Files.copy(KEYS.resolve("second.key"), folder.resolve("key.pem"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        docker("network", "create", "--opt", "com.docker.network.bridge.name=" + bridge, bridge);
        dockerd = begun();
    }

    /** With an image of the shared Engine. Where no second Engine can run, the test is skipped and says so. */
    static PrivateEngine start(Path folder, String image) throws IOException, InterruptedException {
        boolean possible = System.getProperty("user.name").equals("root") && onPath("dockerd");
        Assumptions.assumeTrue(
                possible || System.getProperty("symphony.docker.tests", "").equals("required"),
                "A test is skipped, because a Docker Engine of its own needs root and dockerd");
        PrivateEngine engine = new PrivateEngine(folder);
        Path file = folder.resolve("image.tar");
        docker("save", "--output", file.toString(), image);
        engine.run("load", "--input", file.toString());
        return engine;
    }

    /** What has a program talk to it as a client with a certificate. */
    Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "tcp://127.0.0.1:" + port, "DOCKER_CERT_PATH", folder.toString());
    }

    /** Runs the docker command on it. */
    String run(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--host", socket()));
        all.addAll(List.of(words));
        return docker(all.toArray(String[]::new));
    }

    /** Kills a container's process behind the Engine's back. */
    static void killProcess(String pid) {
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
    }

    void freeze() throws IOException, InterruptedException {
        system("kill", "-STOP", Long.toString(dockerd.pid()));
    }

    void thaw() throws IOException, InterruptedException {
        system("kill", "-CONT", Long.toString(dockerd.pid()));
    }

    /** Without a chance to tidy up. Its containerd ends with it, and would be taken for a living one until then. */
    void kill() throws IOException, InterruptedException {
        long containerd = Long.parseLong(Files.readString(folder.resolve("exec/containerd/containerd.pid")));
        dockerd.destroyForcibly().waitFor();
        await("the end of containerd")
                .atMost(PATIENCE)
                .until(() -> ProcessHandle.of(containerd).isEmpty());
    }

    void startAgain() throws IOException {
        dockerd = begun();
    }

    void end() throws IOException, InterruptedException {
        thaw();
        for (String container : run("ps", "--all", "--quiet").lines().toList()) {
            run("rm", "--force", container);
        }
        dockerd.destroy();
        dockerd.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        system("umount", place("data")); // after a kill it has forgotten that this is a mount of its own
        docker("network", "rm", bridge);
    }

    private Process begun() throws IOException {
        List<String> command = new ArrayList<>(List.of("dockerd", "--live-restore", "--bridge", bridge));
        command.addAll(List.of("--iptables=false", "--data-root", place("data"), "--exec-root", place("exec")));
        command.addAll(List.of("--pidfile", place("pid"), "--host", socket(), "--host", "tcp://127.0.0.1:" + port));
        command.addAll(List.of("--tlsverify", "--tlscacert", place("ca.pem")));
        command.addAll(List.of("--tlscert", KEYS.resolve("first.pem").toString()));
        command.addAll(List.of("--tlskey", KEYS.resolve("first.key").toString()));
        File log = folder.resolve("log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        await("dockerd, which logs to " + log).atMost(PATIENCE).untilAsserted(() -> run("version"));
        return process;
    }

    private String place(String name) {
        return folder.resolve(name).toString();
    }

    private String socket() {
        return "unix://" + place("docker.sock");
    }

    private static void system(String... words) throws IOException, InterruptedException {
        new ProcessBuilder(words).inheritIO().start().waitFor();
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }
}
