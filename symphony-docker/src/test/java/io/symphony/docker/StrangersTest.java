package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Sighting;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose containers are taken over, and whose never. */
class StrangersTest {

    private final ReplicaId ours = new ReplicaId("acts", 3);
    private FakeDaemon fake;

    @BeforeEach
    void begin() throws IOException {
        fake = FakeDaemon.speaking("1.24", "1.44");
        fake.on("GET /images/acts:1/json", 200, "{\"Id\":\"sha256:1\"}");
    }

    @AfterEach
    void end() {
        fake.close();
    }

    @Test
    void thoseOfTheImageGetNumbersAboveOurs() throws Exception {
        runs(Listed.running("c1", ours), stranger("b", "sha256:1", 9_002), stranger("a", "sha256:1", 9_001));

        try (DockerRuntime runtime = adopting()) {
            assertThat(runtime.list("acts"))
                    .containsExactly(
                            new Sighting(ours, Endpoint.local(20_080), "abcd"),
                            new Sighting(new ReplicaId("acts", 4), Endpoint.local(9_001), Strangers.VERSION),
                            new Sighting(new ReplicaId("acts", 5), Endpoint.local(9_002), Strangers.VERSION));
        }
    }

    @Test
    void withoutLeaveNobodysAreTaken() throws Exception {
        runs(stranger("a", "sha256:1", 9_001));

        try (DockerRuntime runtime = DockerRuntime.builder().host(fake.host()).build()) {
            assertThat(runtime.list("acts")).isEmpty();
        }
    }

    @Test
    void anotherImagesAndAnotherServicesAreNotTaken() throws Exception {
        String another = "{\"Labels\":{\"io.symphony.service\":\"bets\"},";
        runs(
                stranger("a", "sha256:2", 9_001),
                stranger("b", "sha256:1", 9_002).replace("{\"Labels\":{},", another),
                stranger("c", "sha256:1", 0));

        try (DockerRuntime runtime = adopting()) {
            assertThat(runtime.list("acts")).isEmpty();
        }
    }

    /** The engine ends what runs and belongs to nobody: a container that somebody starts later must not be seen at all. */
    @Test
    void whatIsStartedLaterIsLeftToItsOwner() throws Exception {
        try (DockerRuntime runtime = adopting()) {
            assertThat(runtime.list("acts")).isEmpty();
            runs(stranger("a", "sha256:1", 9_001));

            assertThat(runtime.list("acts")).isEmpty();
        }
    }

    private DockerRuntime adopting() {
        return DockerRuntime.builder().host(fake.host()).adopting("acts:1").build();
    }

    private void runs(String... containers) {
        fake.on("GET /containers/json", 200, "[" + String.join(",", List.of(containers)) + "]");
    }

    private static String stranger(String container, String image, int port) {
        return "{\"Labels\":{},\"Id\":\"" + container + "\",\"State\":\"running\",\"ImageID\":\"" + image
                + "\",\"Ports\":[{\"IP\":\"0.0.0.0\",\"PrivatePort\":80,\"PublicPort\":" + port
                + ",\"Type\":\"tcp\"}]}";
    }
}
