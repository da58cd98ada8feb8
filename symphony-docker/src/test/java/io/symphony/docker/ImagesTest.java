package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image takes the name of another one. */
class ImagesTest {

    private static final String REMOVED = "DELETE /v1.44/images/sha256:old";

    @TempDir
    Path folder;

    private FakeDaemon fake;
    private DockerRuntime runtime;
    private Path archive;

    @BeforeEach
    void begin() throws IOException {
        archive = Files.writeString(folder.resolve("image.tar"), "layers");
        fake = FakeDaemon.speaking("1.24", "1.44");
        runtime = DockerRuntime.builder().host(fake.host()).build();
        named("sha256:old");
    }

    @AfterEach
    void end() {
        runtime.close();
        fake.close();
    }

    @Test
    void theFormerBearerOfTheNameGoes() throws Exception {
        loads("sha256:new");
        fake.on("DELETE /images/sha256:old", 200, "[{\"Deleted\":\"sha256:old\"}]");

        runtime.images().replace(archive, "acts:1");

        assertThat(fake.asked()).contains(REMOVED);
    }

    @Test
    void oneThatAContainerIsMadeFromStays() throws Exception {
        loads("sha256:new");
        fake.on("DELETE /images/sha256:old", exchange -> {
            assertThat(exchange.getRequestURI().getQuery()).isNull(); // no force
            FakeDaemon.reply(exchange, 409, "{\"message\":\"image is being used by running container c1\"}");
        });

        runtime.images().replace(archive, "acts:1");

        assertThat(fake.asked()).contains(REMOVED);
    }

    @Test
    void theSameImageAgainStays() throws Exception {
        loads("sha256:old");

        runtime.images().replace(archive, "acts:1");

        assertThat(fake.asked()).contains("POST /v1.44/images/load").doesNotContain(REMOVED);
    }

    private void loads(String id) {
        fake.on("POST /images/load", exchange -> {
            exchange.getRequestBody().readAllBytes();
            named(id);
            FakeDaemon.reply(exchange, 200, "{\"stream\":\"Loaded image: acts:1\"}");
        });
    }

    private void named(String id) {
        fake.on("GET /images/acts:1/json", 200, "{\"Id\":\"" + id + "\"}");
    }
}
