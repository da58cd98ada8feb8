package io.symphony.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.docker.NeedsDocker;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's walk through containers, command by command, with another port and another name than a reader's. */
@Tag("once")
@ExtendWith(NeedsDocker.class)
class ReadmeOnDockerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name = "it-readme-" + ProcessHandle.current().pid();

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void openTheShell() {
        shell = new Shell(folder);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        shell.run(
                "docker ps --all --quiet --filter label=io.symphony.service=" + name + " | xargs -r docker rm --force");
    }

    @Test
    @Timeout(180)
    void theWalkThroughContainersGoesAsItSays() throws Exception {
        String port = Integer.toString(freePort());
        List<String> lines = Shell.linesAfter("README.md", "<!-- Run by ReadmeOnDockerIT. -->", 2).stream()
                .map(line -> line.replace(":8080/", ":" + port + "/").replace("hello", name))
                .toList();
        assertThat(lines).hasSize(6);

        shell.run(lines.get(0));
        try (Shell.Background up = shell.start(lines.get(1), "SYMPHONY_LISTEN", "127.0.0.1:" + port)) {
            await("ready").atMost(PATIENCE).until(() -> up.printed().contains(" ready "));
            assertThat(shell.run(lines.get(2))).contains("\"host\":\"");

            shell.run(lines.get(3));
            await("scaled").atMost(PATIENCE).until(() -> count(up.printed(), " ready ") >= 5);

            shell.run(lines.get(4));
            await("replaced").atMost(PATIENCE).until(() -> count(up.printed(), " ready ") >= 6);
            assertThat(up.printed()).contains(name + "-1: ended by itself");
            assertThat(shell.run(lines.get(5)))
                    .contains("symphony-" + name + "-6")
                    .doesNotContain(name + "-1\n");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static long count(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }
}
