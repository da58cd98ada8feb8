package io.symphony.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.docker.DockerRuntime;
import io.symphony.docker.JavaImage;
import io.symphony.docker.NeedsDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in a container, with the words of the compose file, in an image of our Dockerfile. It stands on a Java
 * runtime of this machine instead of one from a registry, and is run by the docker command instead of compose.
 */
@Tag("once")
@ExtendWith(NeedsDocker.class)
class ComposeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern WORD = Pattern.compile("^      - (up|--\\S+)", Pattern.MULTILINE);
    private static final String[] MODULES = {
        "java.base",
        "java.desktop",
        "java.naming",
        "java.security.jgss",
        "java.sql",
        "jdk.httpserver",
        "jdk.net",
        "jdk.unsupported"
    };

    private final String name = "it-compose-" + ProcessHandle.current().pid();

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void makeTheImage() throws Exception {
        shell = new Shell(folder);
        try (DockerRuntime engine = DockerRuntime.builder().build()) {
            new JavaImage(name + "-jre", "none")
                    .withModules(MODULES)
                    .withEnv("PATH", "/opt/java/bin")
                    .make(engine.images());
        }
        shell.run("docker build --quiet --build-arg RUNTIME=" + name + "-jre --tag " + name + " symphony-examples");
        shell.run("docker network create " + name);
    }

    @AfterEach
    void leaveNothing() throws Exception {
        shell.run("docker rm --force " + name);
        shell.run(
                "docker ps --all --quiet --filter label=io.symphony.service=" + name + " | xargs -r docker rm --force");
        shell.run("docker network rm " + name);
        shell.run("docker rmi " + name + " " + name + "-jre");
    }

    @Test
    @Timeout(180)
    void itServesWithReplicasBesideItAndTakesThemAlong() throws Exception {
        shell.run("docker run --detach --name " + name + " --network " + name + " --publish 127.0.0.1::8080"
                + " --volume /var/run/docker.sock:/var/run/docker.sock --user 0:0 --cap-drop ALL"
                + " --security-opt no-new-privileges --read-only --tmpfs /tmp " + name + " " + words());
        String port = shell.run("docker port " + name + " 8080").strip();

        await("served")
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> ask(port).contains("\"host\":\""));
        assertThat(replicas()).hasSize(2);

        shell.run("docker stop --time 45 " + name);
        assertThat(shell.run("docker inspect --format {{.State.ExitCode}} " + name)
                        .strip())
                .isEqualTo("0");
        assertThat(replicas()).isEmpty();
    }

    private String ask(String address) throws Exception {
        return shell.run("curl --silent --fail --max-time 5 http://" + address + "/host");
    }

    private List<String> replicas() throws Exception {
        return shell.run("docker ps --all --quiet --filter label=io.symphony.service=" + name)
                .lines()
                .toList();
    }

    /** The compose file's, with a name, an image and a network of our own. */
    private String words() throws Exception {
        String compose = Files.readString(DocumentedCode.ROOT.resolve("docs/compose.yaml"));
        List<String> words =
                WORD.matcher(compose).results().map(MatchResult::group).toList();
        assertThat(words).contains("      - up", "      - --container-address");
        return String.join(" ", words)
                .replace("      - ", "")
                .replace("=acts", "=" + name)
                .replace("=symphony", "=" + name);
    }
}
