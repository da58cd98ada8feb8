package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code up --image} on a Docker Engine that is reached by TCP with TLS, hangs, dies and comes back. */
@Tag("once")
@ExtendWith(OnSampleImage.class)
class EngineFaultsIT {
    private static final String NAME = "it-engine-" + ProcessHandle.current().pid();
    private static final Duration LONG = Duration.ofMinutes(2);

    private static PrivateEngine engine;

    @BeforeAll
    static void startAnEngine(@TempDir Path folder) throws Exception {
        engine = PrivateEngine.start(folder, OnSampleImage.IMAGE);
    }

    @AfterAll
    static void endTheEngine() throws Exception {
        if (engine != null) {
            engine.end();
        }
    }

    /** By their own addresses: a published port is served by a child of dockerd, which goes with it. */
    @Test
    @Timeout(180)
    void anEngineThatHangsAndOneThatDiesCostNoRequest() throws Exception {
        try (Launched up = up(engine.environment(), "--container-address", "--min", "3", "--max", "3")) {
            up.awaitLines(3, " ready ");
            LoadRun load = LoadRun.start(load(up.awaitLine("Listening on (http://127.0.0.1:\\d+)")));
            await().until(() -> load.progress().total() > 100);

            String first = processOf(1);
            engine.freeze();
            PrivateEngine.killProcess(first);
            up.awaitLine(NAME + "-1: (out of the rotation|failed)");
            engine.thaw();
            up.awaitLines(4, " ready ");

            String second = processOf(2);
            engine.kill();
            PrivateEngine.killProcess(second);
            up.awaitLine(NAME + "-2: (out of the rotation|failed)");
            engine.startAgain();
            up.awaitLines(5, " ready ");

            load.close();
            assertThat(load.result().reasons()).isEmpty();
            assertThat(load.result().statuses()).containsOnlyKeys(200);
            assertThat(up.terminate().exitCode()).isZero();
            assertThat(engine.run("ps", "--all", "--quiet")).isEmpty();
        }
    }

    @Test
    void anEngineThatDemandsACertificateTakesNoClientWithoutOne() throws Exception {
        Map<String, String> plain = Map.of("DOCKER_HOST", engine.environment().get("DOCKER_HOST"));

        try (Launched up = up(plain)) {
            assertThat(up.exitCode()).isEqualTo(Command.FAILED);
            assertThat(up.output()).startsWith("up: ").contains("Client sent an HTTP request to an HTTPS server");
        }
    }

    private static Launched up(Map<String, String> environment, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("up", "--name", NAME, "--image", OnSampleImage.IMAGE));
        words.addAll(List.of("--container-port", "8080", "--listen", "127.0.0.1:0", "--pull", "never"));
        words.addAll(List.of("--policy", "fixed", "--on-exit", "stop"));
        words.addAll(List.of(more));
        return Launched.program(environment, words.toArray(String[]::new));
    }

    private static String processOf(int replica) throws Exception {
        return engine.run("inspect", "--format", "{{.State.Pid}}", "symphony-" + NAME + "-" + replica);
    }

    private static LoadPlan load(String url) {
        Request request = Request.of("GET", URI.create(url + "/"), List.of(), "");
        return new LoadPlan(request, Schedule.evenly(100, Long.MAX_VALUE), 16, 1, LONG, Duration.ofSeconds(20));
    }
}
