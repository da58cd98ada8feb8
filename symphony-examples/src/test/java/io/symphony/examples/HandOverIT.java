package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The program gives its port and its replicas to a successor while clients go on. */
class HandOverIT {

    private final String name = "it-" + ProcessHandle.current().pid() + "-hand-over";

    @AfterEach
    void leaveNothing() throws IOException {
        Launched.replicasOf(name).forEach(ProcessHandle::destroyForcibly);
        Files.deleteIfExists(lock());
    }

    @Test
    void noRequestIsLostWhenASuccessorTakesThePortAndTheReplicas() throws Exception {
        try (Launched first = up("127.0.0.1:0", "leave")) {
            String url = first.awaitLine("Listening on (http://127.0.0.1:\\d+)");
            first.awaitLines(2, " ready ");
            List<Long> replicas = pids();
            LoadRun load = LoadRun.start(posts(url));
            await().until(() -> load.progress().total() > 100);

            try (Launched second = up(URI.create(url).getAuthority(), "stop")) {
                second.awaitLines(2, " ready ");
                assertThat(first.terminate().exitCode()).isZero();
                long then = load.progress().total();
                await().until(() -> load.progress().total() > then + 200);
                load.close();

                LoadResult result = load.result();
                assertThat(result.failed()).as(result.reasons().toString()).isZero();
                assertThat(pids()).containsExactlyElementsOf(replicas);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> Files.readString(lock()).equals(Long.toString(second.pid())));
                assertThat(second.terminate().exitCode()).isZero();
            }
        }
        assertThat(pids()).isEmpty();
    }

    @Test
    void aSecondProgramIsRefusedUntilTheFirstHasEndedHoweverThatWas() throws Exception {
        try (Launched first = up("127.0.0.1:0", "leave")) {
            first.awaitLines(2, " ready ");

            try (Launched second = plain()) {
                assertThat(second.exitCode()).isEqualTo(Command.FAILED);
                assertThat(second.output())
                        .startsWith("up: " + name + " is run by another program of yours already, process "
                                + first.pid() + ". End it, choose another --name");
            }
            first.kill();
            first.exitCode();
        }
        try (Launched third = plain()) {
            third.awaitLines(2, " ready ");
            assertThat(third.output()).contains("taken over at").doesNotContain(" starting ");
            assertThat(third.terminate().exitCode()).isZero();
        }
    }

    private Path lock() {
        String file = "symphony-" + System.getProperty("user.name") + "-" + name + ".lock";
        return Path.of(System.getProperty("java.io.tmpdir"), file);
    }

    private Launched plain() throws Exception {
        return Launched.program(
                Map.of("SYMPHONY_NAME", name, "SYMPHONY_POLICY", "fixed", "SYMPHONY_MIN", "2", "SYMPHONY_MAX", "2"),
                "up",
                "--process",
                Launched.sampleCommand(),
                "--listen",
                "127.0.0.1:0",
                "--on-exit",
                "stop");
    }

    private List<Long> pids() {
        return Launched.replicasOf(name).stream().map(ProcessHandle::pid).toList();
    }

    private Launched up(String listen, String onExit) throws Exception {
        return Launched.program(
                Map.of("SYMPHONY_NAME", name, "SYMPHONY_POLICY", "fixed"),
                "up",
                "--process",
                Launched.sampleCommand(),
                "--min",
                "2",
                "--max",
                "2",
                "--listen",
                listen,
                "--reuse-port",
                "--on-exit",
                onExit);
    }

    private static LoadPlan posts(String url) {
        Request request = Request.of("POST", URI.create(url + "/echo"), List.of(), "a body");
        Schedule schedule = Schedule.evenly(200, Long.MAX_VALUE);
        return new LoadPlan(request, schedule, 8, 1, Duration.ofMinutes(1), Duration.ofSeconds(10));
    }
}
