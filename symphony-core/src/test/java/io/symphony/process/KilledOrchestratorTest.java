package io.symphony.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Sighting;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a whole orchestrator leaves behind that ends without a chance to say so. */
class KilledOrchestratorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String service = "killed-" + UUID.randomUUID();
    private final ReplicaId one = new ReplicaId(service, 1);
    private final ReplicaId two = new ReplicaId(service, 2);
    private final ProcessRuntime successor = ProcessRuntime.create();

    @AfterEach
    void leaveNothingBehind() throws Exception {
        successor.stop(one, Duration.ZERO);
        successor.stop(two, Duration.ZERO);
        successor.close();
    }

    @Test
    void itsReplicasSurviveKillAndAreAdopted() throws Exception {
        Process orchestrator = orchestrator(List.of());

        orchestrator.destroyForcibly().waitFor();

        assertThat(successor.list(service)).extracting(Sighting::id).containsExactly(one, two);
        assertThat(successor.lastOutput(one)).isEqualTo("begun");
        successor.stop(one, Duration.ofSeconds(5));
        assertThat(successor.list(service)).extracting(Sighting::id).containsExactly(two);
    }

    /** A terminal sends Ctrl-C to the whole process group in its foreground; the session gives us one of our own. */
    @Test
    void itsReplicasDoNotHearItsCtrlC() throws Exception {
        // Whoever runs the tests in the background may have had them ignore Ctrl-C.
        Process orchestrator = orchestrator(List.of("env", "--default-signal=INT", "setsid"));

        new ProcessBuilder("sh", "-c", "kill -INT -" + orchestrator.pid())
                .start()
                .waitFor();

        assertThat(orchestrator.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(successor.list(service)).extracting(Sighting::id).containsExactly(one, two);
    }

    private Process orchestrator(List<String> prefix) throws Exception {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(Programs.java(Orchestrating.class, service));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        await().atMost(PATIENCE).until(() -> "started".equals(output.readLine()));
        return process;
    }
}
