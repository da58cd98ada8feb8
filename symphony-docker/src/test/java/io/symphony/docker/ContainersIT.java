package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime.Death;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What holds for containers beyond what every runtime promises. */
@ExtendWith(OnDocker.class)
class ContainersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String service = "containers-" + UUID.randomUUID();
    private final ServiceSpec spec = ServiceSpec.image(service, OnDocker.IMAGE);
    private final ReplicaId one = new ReplicaId(service, 1);
    private final ReplicaId two = new ReplicaId(service, 2);
    private final Engine engine = new Engine();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void leaveNothingBehind() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        engine.clear(service);
        engine.close();
    }

    @Test
    void aContainerIsLockedUpAndOnLoopbackAlone() throws Exception {
        runtime().start(one, spec.withEnv("COLOUR", "blue"));

        InspectContainerResponse container = inspect(one);
        HostConfig host = container.getHostConfig();
        assertThat(host.getReadonlyRootfs()).isTrue();
        assertThat(host.getCapDrop()).containsExactly(Capability.ALL);
        assertThat(host.getSecurityOpts()).containsExactly("no-new-privileges");
        assertThat(host.getPidsLimit()).isEqualTo(4_096);
        assertThat(host.getRestartPolicy()).isEqualTo(RestartPolicy.noRestart());
        assertThat(container.getNetworkSettings().getPorts().getBindings().values())
                .allSatisfy(bindings -> assertThat(bindings)
                        .allSatisfy(each -> assertThat(each.getHostIp()).isEqualTo("127.0.0.1")));
        assertThat(container.getConfig().getEnv()).contains("COLOUR=blue");
        assertThat(container.getConfig().getLabels())
                .containsEntry("io.symphony.service", service)
                .containsEntry("io.symphony.replica", one.toString())
                .containsEntry(
                        "io.symphony.version", spec.withEnv("COLOUR", "blue").version())
                .containsEntry("io.symphony.schema", "1");
    }

    @Test
    void whatIsLoosenedOrLimitedByItsNameIsSo(@TempDir Path directory) throws Exception {
        String network = network();
        ContainerOptions options = ContainerOptions.secure()
                .allowing(Freedom.WRITABLE_ROOT, Freedom.NEW_PRIVILEGES, Freedom.DEFAULT_CAPABILITIES)
                .withMemory(128L << 20)
                .withCpus(0.5)
                .withPids(100)
                .withUser("65533:65533")
                .withCapability("SYS_TIME")
                .withVolume(directory + ":/data:ro")
                .withNetwork(network)
                .withAlias("acts");
        runtime(OnDocker.runtime().options(options)).start(one, spec);

        InspectContainerResponse container = inspect(one);
        HostConfig host = container.getHostConfig();
        assertThat(host.getReadonlyRootfs()).isFalse();
        assertThat(host.getCapDrop()).isNull();
        assertThat(host.getCapAdd()).containsExactly(Capability.SYS_TIME);
        assertThat(host.getSecurityOpts()).isNull();
        assertThat(host.getMemory()).isEqualTo(128L << 20);
        assertThat(host.getNanoCPUs()).isEqualTo(500_000_000);
        assertThat(host.getPidsLimit()).isEqualTo(100);
        assertThat(container.getConfig().getUser()).isEqualTo("65533:65533");
        assertThat(container.getMounts()).anySatisfy(mount -> {
            assertThat(mount.getSource()).isEqualTo(directory.toString());
            assertThat(mount.getRW()).isFalse();
        });
        assertThat(container.getNetworkSettings().getNetworks().get(network).getAliases())
                .contains("acts");
    }

    @Test
    void aLinkShowsAnotherContainerUnderAnAlias() throws Exception {
        runtime().start(one, spec);
        ContainerOptions linked = ContainerOptions.secure().withLink(Labels.containerName(one) + ":db");

        runtime(OnDocker.runtime().options(linked)).start(two, spec);

        assertThat(inspect(two).getHostConfig().getLinks())
                .anySatisfy(link -> assertThat(link.getAlias()).endsWith("db"));
    }

    @Test
    void basePortsAreTakenInOrderAndTakenOnesSkipped() throws Exception {
        int base = freeStretch();
        DockerRuntime runtime = runtime(OnDocker.runtime().basePort(base));
        try (ServerSocket somebody = new ServerSocket(base + 1)) {
            assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(base));
            assertThat(runtime.start(two, spec).port()).isGreaterThan(somebody.getLocalPort());
        }

        runtime.stop(one, Duration.ZERO);
        assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(base));
    }

    /** As on a remote Engine, where we cannot look at the ports ourselves. */
    @Test
    void aPortThatTheEngineRefusesIsSkipped() throws Exception {
        try (ServerSocket somebody = new ServerSocket(0)) {
            int taken = somebody.getLocalPort();
            HostPorts blind = HostPorts.from(taken, port -> true);
            Endpoint endpoint = starter(blind).start(one, spec);

            assertThat(endpoint.port()).isGreaterThan(taken);
            assertThat(engine.of(service)).hasSize(1);
            awaitAnswer(endpoint);
        }
    }

    @Test
    void aContainersOwnAddressIsAWayToReachIt() throws Exception {
        DockerRuntime runtime = runtime(OnDocker.runtime().containerAddress());

        Endpoint endpoint = runtime.start(one, spec);

        assertThat(endpoint.port()).isEqualTo(Answering.PORT);
        assertThat(inspect(one).getNetworkSettings().getPorts().getBindings().values())
                .containsOnlyNulls();
        assertThat(runtime.list(service)).containsExactly(new Sighting(one, endpoint, spec.version()));
        awaitAnswer(endpoint);
    }

    @Test
    void aContainerThatIsKilledIsToldWithItsExitCode() throws Exception {
        DockerRuntime runtime = runtime();
        Queue<Death> deaths = watched(runtime);
        runtime.start(one, spec);

        engine.containers().signal(container(one), "SIGKILL");

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths.element()).isEqualTo(new Death(one, "exit code 137, killed"));
        assertThat(runtime.list(service)).isEmpty();
    }

    @Test
    void aContainerThatIsRemovedIsTold() throws Exception {
        DockerRuntime runtime = runtime();
        Queue<Death> deaths = watched(runtime);
        runtime.start(one, spec);

        engine.containers().remove(container(one));

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths).extracting(Death::id).containsOnly(one);
        assertThat(deaths.element().reason()).startsWith("exit code 137");
    }

    @Test
    void aContainerOutOfMemoryIsToldSo() throws Exception {
        DockerRuntime runtime =
                runtime(OnDocker.runtime().options(ContainerOptions.secure().withMemory(64L << 20)));
        Queue<Death> deaths = watched(runtime);

        runtime.start(one, spec.withEnv("JAVA_TOOL_OPTIONS", "-Xmx900m").withEnv(Answering.BEHAVIOUR, "hoards"));

        await().atMost(PATIENCE)
                .until(() -> deaths.stream()
                        .anyMatch(death ->
                                death.reason().startsWith("exit code 137, out of memory, its limit is 64 MB")));
    }

    @Test
    void aPausedContainerIsNotDeadAndCanBeStopped() throws Exception {
        DockerRuntime runtime = runtime();
        Queue<Death> deaths = watched(runtime);
        Endpoint endpoint = runtime.start(one, spec);
        awaitAnswer(endpoint); // before it handles TERM itself, the kernel drops it, as for every process 1
        engine.daemon()
                .order(
                        "pause",
                        client -> client.pauseContainerCmd(Labels.containerName(one))
                                .exec());

        assertThat(runtime.list(service)).containsExactly(new Sighting(one, endpoint, spec.version()));
        runtime.stop(one, PATIENCE);

        assertThat(engine.of(service)).isEmpty();
        assertThat(deaths).isEmpty();
    }

    @Test
    void whatAnInterruptedStartHasLeftIsClearedByAStopAndByAStart() throws Exception {
        DockerRuntime runtime = runtime();
        engine.containers().create(one, spec, OnDocker.IMAGE, OptionalInt.of(freeStretch()));
        engine.containers().create(two, spec, OnDocker.IMAGE, OptionalInt.of(freeStretch()));
        assertThat(runtime.list(service)).isEmpty();

        runtime.stop(one, PATIENCE);
        Endpoint endpoint = runtime.start(two, spec);

        assertThat(engine.of(service)).extracting(Found::id).containsExactly(two);
        assertThat(runtime.list(service)).containsExactly(new Sighting(two, endpoint, spec.version()));
    }

    @Test
    void aContainerThatIsNotOursIsNeverTouched() throws Exception {
        CreateContainerCmd stranger = engine.daemon()
                .ask(
                        "create",
                        client -> client.createContainerCmd(OnDocker.IMAGE).withName(Labels.containerName(one)));
        String id = stranger.exec().getId();
        opened.push(() -> engine.containers().remove(id));
        DockerRuntime runtime = runtime();

        assertThatThrownBy(() -> runtime.start(one, spec))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageStartingWith(one + ": a container that is not ours has the name symphony-" + one);
        runtime.stop(one, Duration.ZERO);

        assertThat(engine.containers().inspect(id)).isPresent();
    }

    @Test
    void anImageThatIsNowhereIsNamed() throws Exception {
        assertThatThrownBy(() -> runtime().start(one, ServiceSpec.image(service, "symphony-no-such:1")))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessage(one + ": the Docker Engine refused to create a container (404): No such image:"
                        + " symphony-no-such:1. Try 'docker pull symphony-no-such:1', or let missing images be"
                        + " pulled.");

        String unreachable = "127.0.0.1:1/symphony-no-such:1";
        DockerRuntime pulling = runtime(OnDocker.runtime().pull(PullPolicy.MISSING));
        assertThatThrownBy(() -> pulling.start(one, ServiceSpec.image(service, unreachable)))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageStartingWith(one + ": cannot pull the image " + unreachable)
                .hasMessageContaining("connection refused");
        assertThat(engine.of(service)).isEmpty();
    }

    @Test
    void anImageIsBuiltFromADirectory(@TempDir Path directory) throws Exception {
        String reference = "symphony-built:" + UUID.randomUUID();
        Files.writeString(directory.resolve("Dockerfile"), "FROM " + OnDocker.IMAGE + "\nENV BUILT=yes\n");
        Queue<String> progress = new ConcurrentLinkedQueue<>();
        DockerRuntime runtime = runtime(OnDocker.runtime().progress(progress::add));
        opened.push(() -> engine.clear(service));
        runtime.images().build(directory, reference);
        opened.push(() -> runtime.images().remove(reference));

        runtime.start(one, ServiceSpec.image(service, reference));

        assertThat(inspect(one).getConfig().getEnv()).contains("BUILT=yes");
        assertThat(progress).anySatisfy(line -> assertThat(line).contains("ENV BUILT=yes"));
        runtime.stop(one, Duration.ZERO);
    }

    @Test
    void aBuildThatFailsSaysWhy(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), "FROM " + OnDocker.IMAGE + "\nCOPY no-such /\n");

        assertThatThrownBy(() -> runtime().images().build(directory, "symphony-built:never"))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageStartingWith("cannot build the image symphony-built:never: ")
                .hasMessageContaining("no-such");
    }

    private DockerRuntime runtime() {
        return runtime(OnDocker.runtime());
    }

    private DockerRuntime runtime(DockerRuntimeBuilder builder) {
        DockerRuntime runtime = builder.build();
        opened.push(runtime);
        return runtime;
    }

    /** The inside of a runtime, with ports of our choice. */
    private Starter starter(HostPorts ports) {
        Containers containers = engine.containers();
        Obituary obituary = new Obituary(containers, new Output(engine.daemon()));
        Deaths deaths = new Deaths(containers, obituary, new Strangers(containers, Optional.empty()));
        Leftovers leftovers = new Leftovers(containers::remove, System::nanoTime);
        opened.push(deaths);
        opened.push(leftovers);
        Images images = new Images(engine.daemon(), line -> {});
        Reach reach = new Reach.Published("127.0.0.1", Answering.PORT);
        return new Starter(containers, images, PullPolicy.NEVER, reach, ports, leftovers, deaths, obituary);
    }

    private Queue<Death> watched(DockerRuntime runtime) throws RuntimeFailure {
        Queue<Death> deaths = new ConcurrentLinkedQueue<>();
        opened.push(runtime.watch(service, deaths::add));
        return deaths;
    }

    private String network() throws Exception {
        String name = "symphony-test-" + UUID.randomUUID();
        engine.daemon()
                .ask(
                        "make a network",
                        client -> client.createNetworkCmd().withName(name).exec());
        opened.push(() -> {
            engine.clear(service);
            engine.daemon()
                    .order(
                            "remove a network",
                            client -> client.removeNetworkCmd(name).exec());
        });
        return name;
    }

    private String container(ReplicaId id) throws Exception {
        return engine.containers().of(id).get(0).container();
    }

    private InspectContainerResponse inspect(ReplicaId id) throws Exception {
        return engine.containers().inspect(container(id)).orElseThrow();
    }

    /** A port from which on several are free, apart from those that other tests are given. */
    private static int freeStretch() {
        return HostPorts.anywhere(port -> Stream.of(port, port + 1, port + 2)
                        .allMatch(each -> HostPorts.unboundOn("127.0.0.1").test(each)))
                .claim(Set.of())
                .orElseThrow();
    }

    private static void awaitAnswer(Endpoint endpoint) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> status(endpoint) == 204);
    }

    private static int status(Endpoint endpoint) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + endpoint + "/").toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        return connection.getResponseCode();
    }
}
