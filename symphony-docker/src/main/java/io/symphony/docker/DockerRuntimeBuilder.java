package io.symphony.docker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * The description of a runtime on a Docker Engine. Whatever is not said comes from the environment, as for the docker
 * command ({@code DOCKER_HOST}, {@code DOCKER_CERT_PATH}, {@code DOCKER_TLS_VERIFY}, {@code DOCKER_API_VERSION},
 * {@code DOCKER_CONFIG}), or has a default.
 *
 * <pre>{@code
 * DockerRuntime.builder()
 *         .host("tcp://10.0.0.5:2376").certificates(Path.of("/etc/docker-client"))
 *         .publishOn("10.0.0.5")
 *         .containerPort(8080)
 *         .options(ContainerOptions.secure().withMemory(512L << 20))
 *         .build();
 * }</pre>
 */
public final class DockerRuntimeBuilder {

    private static final String LOOPBACK = "127.0.0.1";
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");
    private static final Duration LEAST_LIMIT = Duration.ofMillis(100);

    private DaemonAddress address;
    private Optional<ApiVersion> version;
    private Duration limit = Duration.ofSeconds(20);
    private Duration relist = Duration.ofSeconds(15);
    private ContainerOptions options = ContainerOptions.secure();
    private PullPolicy pull = PullPolicy.MISSING;
    private Consumer<String> progress = line -> {};
    private Optional<String> publishOn = Optional.empty();
    private OptionalInt basePort = OptionalInt.empty();
    private Optional<String> adopted = Optional.empty();
    private boolean direct;
    private int containerPort = 80;

    DockerRuntimeBuilder(Map<String, String> environment) {
        address = DaemonAddress.fromEnvironment(environment);
        version = DaemonAddress.variable(environment, "DOCKER_API_VERSION").map(ApiVersion::parse);
    }

    /** Where the daemon listens: {@code unix:///PATH} or {@code tcp://HOST:PORT}. */
    public DockerRuntimeBuilder host(String uri) {
        address = DaemonAddress.of(uri);
        return this;
    }

    /** A directory with ca.pem, cert.pem and key.pem, for TLS with a daemon on TCP; say the host first. */
    public DockerRuntimeBuilder certificates(Path directory) {
        address = address.withCertificates(directory);
        return this;
    }

    /** The version of the API to speak, such as 1.43. Default: the best one that both sides know. */
    public DockerRuntimeBuilder apiVersion(String number) {
        version = Optional.of(ApiVersion.parse(number));
        return this;
    }

    /** How long one call to the daemon may take; a pull or a stop is more than one. Default: 20 s. */
    public DockerRuntimeBuilder callTimeout(Duration most) {
        if (most.compareTo(LEAST_LIMIT) < 0) {
            throw new IllegalArgumentException("callTimeout: " + most + " (expected: >= " + LEAST_LIMIT + ")");
        }
        limit = most;
        return this;
    }

    /** How often a watch looks for deaths that no event has told. Default: 15 s. */
    public DockerRuntimeBuilder lookEvery(Duration interval) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("lookEvery: " + interval + " (expected: > 0)");
        }
        relist = interval;
        return this;
    }

    /** How containers are set up. Default: {@link ContainerOptions#secure()}. */
    public DockerRuntimeBuilder options(ContainerOptions choice) {
        options = choice;
        return this;
    }

    /** When images are fetched. Default: when they are missing. */
    public DockerRuntimeBuilder pull(PullPolicy policy) {
        pull = policy;
        return this;
    }

    /** Hears, line by line, how a pull or a build gets on; called on other threads. */
    public DockerRuntimeBuilder progress(Consumer<String> listener) {
        progress = listener;
        return this;
    }

    /**
     * Takes over the containers of this image that run when a service is first listed, whoever started them. They are
     * replicas from then on: balanced over, checked, and stopped (but not removed) like others. Default: only those of
     * our mark.
     */
    public DockerRuntimeBuilder adopting(String image) {
        adopted = Optional.of(image);
        return this;
    }

    /** The port that the service listens on inside its container. Default: 80. */
    public DockerRuntimeBuilder containerPort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("containerPort: " + port + " (expected: 1 to 65535)");
        }
        containerPort = port;
        return this;
    }

    /** Publishes the first free ports from this one on. Default: free ones from 20000 to 29999. */
    public DockerRuntimeBuilder basePort(int port) {
        HostPorts.from(port, any -> true);
        basePort = OptionalInt.of(port);
        return this;
    }

    /** The address of the daemon's machine to publish ports on. Default: 127.0.0.1, which others cannot reach. */
    public DockerRuntimeBuilder publishOn(String address) {
        if (address.isBlank() || WILDCARDS.contains(address)) {
            throw new IllegalArgumentException(
                    "publishOn: '" + address + "' (expected: one address; a wildcard opens the port to every network)");
        }
        publishOn = Optional.of(address);
        return this;
    }

    /** Publishes nothing and goes to the containers' own addresses. Works on the daemon's machine, on Linux. */
    public DockerRuntimeBuilder containerAddress() {
        direct = true;
        return this;
    }

    /** Does not ask the daemon anything yet. */
    public DockerRuntime build() {
        if (direct && (publishOn.isPresent() || basePort.isPresent())) {
            throw new IllegalArgumentException(
                    "containerAddress: together with a published port (expected: one way to reach a replica)");
        }
        if (!direct && publishOn.isEmpty() && !address.isLocal()) {
            throw new IllegalArgumentException("publishOn: none, but " + address
                    + " is another machine (expected: its address, or containerAddress())");
        }
        return new DockerRuntime(this);
    }

    /**
     * Replicas as services of the swarm that the daemon manages; see {@link SwarmRuntime}. Does not ask anything yet.
     *
     * @param grace how long a replica may take to end before Swarm insists, which is fixed when it starts; give what the
     *     orchestrator gives
     */
    public SwarmRuntime buildOnSwarm(Duration grace) {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("grace: " + grace + " (expected: >= 0)");
        }
        if (direct || publishOn.isPresent() || adopted.isPresent()) {
            throw new IllegalArgumentException("containerAddress, publishOn, adopting: given, but replicas on a swarm"
                    + " are published on their nodes' addresses, and only our own are taken over");
        }
        if (!options.wiring().links().isEmpty()) {
            throw new IllegalArgumentException("link: " + options.wiring().links()
                    + " (expected: none on a swarm, whose services find each other by name in a network)");
        }
        return new SwarmRuntime(this, grace);
    }

    DaemonAddress address() {
        return address;
    }

    Optional<ApiVersion> version() {
        return version;
    }

    Duration limit() {
        return limit;
    }

    Duration relist() {
        return relist;
    }

    ContainerOptions containers() {
        return options;
    }

    PullPolicy pulling() {
        return pull;
    }

    Consumer<String> listener() {
        return progress;
    }

    Optional<String> adopted() {
        return adopted;
    }

    Reach reach() {
        return direct
                ? new Reach.Direct(options.wiring().network(), containerPort)
                : new Reach.Published(publishOn.orElse(LOOPBACK), containerPort);
    }

    int portInside() {
        return containerPort;
    }

    HostPorts ports() {
        return ports(address.isLocal() ? HostPorts.unboundOn(publishOn.orElse(LOOPBACK)) : any -> true);
    }

    HostPorts ports(IntPredicate free) {
        return basePort.isPresent() ? HostPorts.from(basePort.getAsInt(), free) : HostPorts.anywhere(free);
    }
}
