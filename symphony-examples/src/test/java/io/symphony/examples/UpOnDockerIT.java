package io.symphony.examples;

import static io.symphony.examples.DockerCommand.containersOf;
import static io.symphony.examples.DockerCommand.docker;
import static io.symphony.examples.DockerCommand.inspect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --image} with the sample service in containers. */
@ExtendWith(OnSampleImage.class)
class UpOnDockerIT {
    private static final String URL = "Listening on (http://127.0.0.1:\\d+)";

    @TempDir
    Path folder;

    private final String name = "it-docker-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 1_000_000;

    @AfterEach
    void leaveNothing() throws Exception {
        DockerCommand.remove(containersOf(name));
    }

    @Test
    void aKilledContainerIsReplacedAndNoRequestFails() throws Exception {
        try (Launched up = up(2, "--on-exit", "stop")) {
            String url = up.awaitLine(URL);
            up.awaitLines(2, " ready ");
            LoadRun load = LoadRun.start(load(url, 200, Duration.ofSeconds(4)));

            await().until(() -> load.progress().total() > 100);
            docker("kill", "symphony-" + name + "-1");
            up.awaitLine(" died .*exit code 137, killed");
            up.awaitLines(3, " ready ");
            assertThat(load.endsWithin(Duration.ofSeconds(30))).isTrue();

            assertThat(load.result().reasons()).isEmpty();
            assertThat(up.terminate().exitCode()).isZero();
            assertThat(containersOf(name)).isEmpty();
        }
    }

    @Test
    void whatACrashLeavesIsTakenOver() throws Exception {
        List<String> before;
        try (Launched up = up(2)) {
            up.awaitLines(2, " ready ");
            before = containersOf(name);
            up.kill();
            up.exitCode();
        }

        assertThat(before).hasSize(2);
        try (Launched up = up(2, "--on-exit", "stop")) {
            up.awaitLines(2, " ready ");
            assertThat(up.output()).contains("taken over at").doesNotContain(" starting ");
            assertThat(containersOf(name)).hasSameElementsAs(before);
            assertThat(get(up.awaitLine(URL) + "/host")).contains("\"host\":\"");
            assertThat(up.terminate().exitCode()).isZero();
        }
        assertThat(containersOf(name)).isEmpty();
    }

    @Test
    void aContainerThatSomebodyElseStartedIsTakenOverAndNeverRemoved() throws Exception {
        String theirs = docker("run", "--detach", "--publish", "127.0.0.1::8080", OnSampleImage.IMAGE);
        try (Launched up = up(1, "--adopt", "--on-exit", "stop")) {
            up.awaitLine(" adopted .*taken over at 127.0.0.1:");
            up.awaitLine(" ready ");
            assertThat(get(up.awaitLine(URL) + "/host")).contains(inspect(theirs, "{{.Config.Hostname}}"));

            docker("kill", theirs);
            up.awaitLine(" died .*exit code 137, killed");
            up.awaitLines(2, " ready ");
            docker("start", theirs);
            assertThat(up.terminate().exitCode()).isZero();
            assertThat(inspect(theirs, "{{.State.Status}}")).isEqualTo("running");
        } finally {
            docker("rm", "--force", theirs);
        }
    }

    @Test
    void whatWasTakenOverIsStoppedWithTheRest() throws Exception {
        String theirs = docker("run", "--detach", "--publish", "127.0.0.1::8080", OnSampleImage.IMAGE);
        try (Launched up = up(1, "--adopt", "--on-exit", "stop")) {
            up.awaitLine(" ready ");
            assertThat(up.terminate().exitCode()).isZero();

            assertThat(inspect(theirs, "{{.State.Status}}")).isEqualTo("exited");
            assertThat(containersOf(name)).isEmpty();
        } finally {
            docker("rm", "--force", theirs);
        }
    }

    @Test
    void whatAContainerMayDoIsSaidInAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("acts.yaml"), """
            memory: 128m
            cpus: 0.5
            pids: 200
            user: "65534"
            cap-add: [CHOWN, SETUID]
            writable-root: true
            volume:
              - /etc/hostname:/given:ro
            env:
              GREETING: hello
            """);
        try (Launched up = up(1, "--config", file.toString(), "--on-exit", "stop")) {
            up.awaitLine(" ready ");

            String container = containersOf(name).get(0);
            assertThat(inspect(container, "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}} {{.HostConfig.PidsLimit}}"))
                    .isEqualTo("134217728 500000000 200");
            assertThat(inspect(container, "{{.HostConfig.CapDrop}} {{.HostConfig.CapAdd}} {{.Config.User}}"))
                    .isEqualTo("[ALL] [CHOWN SETUID] 65534");
            assertThat(inspect(container, "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.SecurityOpt}}"))
                    .isEqualTo("false [no-new-privileges]");
            assertThat(inspect(container, "{{.HostConfig.Binds}} {{.Config.Env}}"))
                    .isEqualTo("[/etc/hostname:/given:ro] [GREETING=hello]");
            assertThat(up.terminate().exitCode()).isZero();
        }
    }

    @Test
    void anImageIsBuiltAndItsContainersAreReachedAtTheirOwnAddress() throws Exception {
        Files.writeString(folder.resolve("Dockerfile"), "FROM " + OnSampleImage.IMAGE + "\nENV BUILT=here\n");
        String image = name + ":built";
        try (Launched up = upOf(image, 1, "--build", folder.toString(), "--container-address", "--on-exit", "stop")) {
            up.awaitLine("Building " + image + " from .*: done in ");
            String url = up.awaitLine(URL);
            up.awaitLine(" ready ");

            String container = containersOf(name).get(0);
            assertThat(inspect(container, "{{.HostConfig.PortBindings}} {{.Config.Env}}"))
                    .startsWith("map[] ")
                    .contains("BUILT=here");
            assertThat(get(url + "/host")).contains(inspect(container, "{{.Config.Hostname}}"));
            assertThat(up.terminate().exitCode()).isZero();
        } finally {
            docker("rmi", "--force", image);
        }
    }

    @Test
    void anEngineThatTakesNothingBelowVersion144IsSpokenTo() throws Exception {
        try (StrictEngine engine = new StrictEngine();
                Launched up = Launched.program(
                        Map.of("DOCKER_HOST", engine.host()), words(OnSampleImage.IMAGE, 1, "--on-exit", "stop"))) {
            up.awaitLine(" ready ");
            docker("kill", "symphony-" + name + "-1");
            up.awaitLine(" died .*exit code 137, killed");
            up.awaitLines(2, " ready ");

            assertThat(up.terminate().exitCode()).isZero();
            assertThat(containersOf(name)).isEmpty();
            assertThat(engine.refused()).isEmpty();
            assertThat(engine.passed()).contains("GET /_ping").anyMatch(each -> each.startsWith("GET /events"));
        }
    }

    @Test
    void anImageThatIsNowhereIsAClearEnd() throws Exception {
        try (Launched up = Launched.program("up", "--image", "symphony-no-such:1", "--pull", "never")) {
            assertThat(up.exitCode()).isEqualTo(Command.FAILED);
            assertThat(up.output()).startsWith("up: the Docker Engine has no image symphony-no-such:1");
        }
    }

    @Test
    void withoutAnEngineTheEndIsClearToo() throws Exception {
        Map<String, String> nowhere = Map.of("DOCKER_HOST", "unix:///no/such.sock");
        try (Launched up = Launched.program(nowhere, "up", "--image", OnSampleImage.IMAGE)) {
            assertThat(up.exitCode()).isEqualTo(Command.FAILED);
            assertThat(up.output()).contains("no connection to the Docker Engine at unix:///no/such.sock");
        }
    }

    private Launched up(int replicas, String... more) throws Exception {
        return upOf(OnSampleImage.IMAGE, replicas, more);
    }

    private Launched upOf(String image, int replicas, String... more) throws Exception {
        return Launched.program(words(image, replicas, more));
    }

    private String[] words(String image, int replicas, String... more) {
        String number = Integer.toString(replicas);
        List<String> words = new ArrayList<>(List.of("up", "--name", name, "--image", image));
        words.addAll(List.of("--container-port", "8080", "--listen", "127.0.0.1:0", "--pull", "never"));
        words.addAll(List.of("--policy", "fixed", "--min", number, "--max", number));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static String get(String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static LoadPlan load(String url, double perSecond, Duration length) {
        Request request = Request.of("GET", URI.create(url + "/"), List.of(), "");
        return new LoadPlan(request, Schedule.evenly(perSecond, Long.MAX_VALUE), 16, 1, length, Duration.ofSeconds(10));
    }
}
