package io.symphony.examples;

import static io.symphony.examples.DockerCommand.containersOf;
import static io.symphony.examples.DockerCommand.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.OnExit;
import io.symphony.Orchestrator;
import io.symphony.Status;
import io.symphony.docker.DockerRuntime;
import io.symphony.docker.PullPolicy;
import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.proxy.HttpHealthProbe;
import io.symphony.proxy.Listener;
import io.symphony.testing.Holdings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scales up and down under load, with a fault in each round; {@code -Dsymphony.rounds=50} makes more of them. */
@Tag("once")
@ExtendWith(OnSampleImage.class)
class RoundsIT {
    private static final int ROUNDS = Integer.getInteger("symphony.rounds", 5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What somebody else does to a container. */
    private static final List<List<String>> FAULTS =
            List.of(List.of("kill"), List.of("pause"), List.of("rm", "--force"), List.of("stop", "--time", "0"));

    private final String name = "it-rounds-" + ProcessHandle.current().pid();

    @AfterEach
    void leaveNothing() throws Exception {
        DockerCommand.remove(containersOf(name));
    }

    @Test
    @Timeout(1_200)
    void nothingIsLeftOfScalingUpAndDownWithFaults() throws Exception {
        serve(1); // the first use of all leaves what the JDK keeps for the next
        Held before = Held.of(name);

        serve(ROUNDS);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(Held.of(name)).isEqualTo(before));
        System.out.println("After " + ROUNDS + " rounds as before: " + before);
    }

    private void serve(int rounds) throws Exception {
        try (DockerRuntime runtime = runtime();
                HttpHealthProbe probe = HttpHealthProbe.at("/health");
                Orchestrator orchestrator = orchestrator(runtime, probe);
                Listener listener =
                        Listener.forwarding(orchestrator).at("127.0.0.1", 0).start()) {
            LoadRun load = LoadRun.start(load(listener.address().getPort()));
            for (int round = 0; round < rounds; round++) {
                play(orchestrator, FAULTS.get(round % FAULTS.size()));
            }
            load.close();
            assertThat(load.result().reasons()).isEmpty();
            assertThat(load.result().succeeded()).isPositive();
        }
        assertThat(containersOf(name)).isEmpty();
    }

    private void play(Orchestrator orchestrator, List<String> fault) throws Exception {
        awaitReady(orchestrator, 3);
        ReplicaId oldest = ready(orchestrator).get(0);

        docker(Stream.concat(fault.stream(), Stream.of("symphony-" + oldest)).toArray(String[]::new));
        await().atMost(PATIENCE).until(() -> !ready(orchestrator).contains(oldest));
        awaitReady(orchestrator, 3);

        awaitReady(orchestrator, 2);
        await().atMost(PATIENCE).until(() -> containersOf(name).size() == 2);
    }

    private static void awaitReady(Orchestrator orchestrator, int replicas) {
        orchestrator.scaleTo(replicas);
        await().atMost(PATIENCE).until(() -> ready(orchestrator).size() == replicas);
    }

    private static List<ReplicaId> ready(Orchestrator orchestrator) {
        return orchestrator.status().replicas().stream()
                .filter(each -> each.phase() == Phase.READY)
                .map(Status.ReplicaStatus::id)
                .toList();
    }

    private static DockerRuntime runtime() {
        return DockerRuntime.builder()
                .containerPort(SampleImage.PORT)
                .pull(PullPolicy.NEVER)
                .build();
    }

    private Orchestrator orchestrator(DockerRuntime runtime, HttpHealthProbe probe) {
        return Orchestrator.of(ServiceSpec.image(name, OnSampleImage.IMAGE))
                .runtime(runtime)
                .between(2, 3)
                .health(HealthPolicy.every(Duration.ofMillis(200)).withTimeout(Duration.ofMillis(500)))
                .probe(probe)
                .grace(Duration.ofSeconds(5))
                .onExit(OnExit.STOP)
                .start();
    }

    private static LoadPlan load(int port) {
        Request request = Request.of("GET", URI.create("http://127.0.0.1:" + port + "/"), List.of(), "");
        Duration timeout = Duration.ofSeconds(30);
        return new LoadPlan(request, Schedule.evenly(50, Long.MAX_VALUE), 8, 1, Duration.ofHours(1), timeout);
    }

    /**
     * What we hold of the Engine's and of this process.
     *
     * @param ports those that containers of the service are published on
     * @param connections sockets, and what waits for them
     * @param threads those of the library and of docker-java
     */
    private record Held(
            List<String> containers, List<String> ports, List<String> images, long connections, List<String> threads) {

        static Held of(String service) throws IOException, InterruptedException {
            String label = "label=io.symphony.service=" + service;
            Holdings ours = Holdings.now();
            return new Held(
                    containersOf(service),
                    docker("ps", "--all", "--filter", label, "--format", "{{.Ports}}")
                            .lines()
                            .toList(),
                    docker("images", "--all", "--quiet", OnSampleImage.IMAGE)
                            .lines()
                            .toList(),
                    ours.connections(),
                    ours.threadsNamed("symphony", "docker-java"));
        }
    }
}
