package io.symphony.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.Status.ReplicaStatus;
import io.symphony.docker.ContainerOptions;
import io.symphony.docker.DockerRuntime;
import io.symphony.docker.PullPolicy;
import io.symphony.examples.DockerCommand;
import io.symphony.examples.OnSampleImage;
import io.symphony.examples.chaos.Chaos.Strike;
import io.symphony.examples.chaos.Victim.Mode;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.spi.ContainerRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@link Chaos} among real containers. */
@Tag("once")
@Timeout(2 * 3_600)
@ExtendWith(OnSampleImage.class)
class ContainerChaosIT {

    private static final HealthPolicy HEALTH =
            HealthPolicy.every(Duration.ofMillis(500)).withStartTimeout(Duration.ofSeconds(30));
    private static final int PORT = 8_080;

    /** To the Engine: as many as calls may be under way at a time, and a stream of events. */
    private static final int POOLED_CONNECTIONS = 16;

    private static final List<Strike> STRIKES = List.of(
            done("kill"),
            done("stop", "--time", "0"),
            done("rm", "--force"),
            ContainerChaosIT::paused,
            told(Mode.HANG),
            told(Mode.HALF_OPEN),
            told(Mode.REFUSE),
            told(Mode.CUT));

    private final String name = "chaos-docker-it-" + ProcessHandle.current().pid();

    @AfterEach
    void leaveNothing() throws Exception {
        DockerCommand.remove(DockerCommand.containersOf(name));
    }

    @Test
    void whateverHappensToContainersEachRequestIsAccountedForAndNoneIsLeftOver(@TempDir Path folder) throws Exception {
        ServiceSpec spec = ServiceSpec.image(name, OnSampleImage.IMAGE)
                .withEnv("PORT", String.valueOf(PORT))
                .withEnv("VICTIM_HOST", "0.0.0.0")
                .withEnv("VICTIM_RECORDS", "/records");
        try (ContainerRuntime runtime = runtime(writableByAll(folder));
                Service service =
                        Service.of(spec, each -> each.runtime(runtime).health(HEALTH), Chaos::lettingGoSoon)) {
            new Chaos(service, STRIKES, POOLED_CONNECTIONS).reign(Duration.ofSeconds(6));
            assertThat(new Records(folder).postsGivenTwice()).isEmpty();
        }
        assertThat(DockerCommand.containersOf(name)).isEmpty();
    }

    private static ContainerRuntime runtime(Path records) {
        return DockerRuntime.builder()
                .containerPort(PORT)
                .pull(PullPolicy.NEVER)
                .options(ContainerOptions.secure()
                        .withVolume(Service.classes() + ":/victim:ro")
                        .withVolume(records + ":/records")
                        .withCommand("/opt/java/bin/java", "-Xmx48m", "-cp", "/victim", Victim.class.getName()))
                .build();
    }

    /** Whoever they are to the Engine, the victims write there. */
    private static Path writableByAll(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static Strike done(String... words) {
        return (replica, length) ->
                DockerCommand.attempt(Stream.concat(Stream.of(words), Stream.of("symphony-" + replica.id()))
                        .toArray(String[]::new));
    }

    private static void paused(ReplicaStatus replica, Duration length) throws Exception {
        DockerCommand.attempt("pause", "symphony-" + replica.id());
        Chaos.pause(length);
        DockerCommand.attempt("unpause", "symphony-" + replica.id());
    }

    private static Strike told(Mode mode) {
        return (replica, length) -> Service.tell(Service.port(replica), mode, length);
    }
}
