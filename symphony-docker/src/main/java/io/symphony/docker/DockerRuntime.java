package io.symphony.docker;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicas as containers on a Docker Engine, from version 20.10 on.
 *
 * <pre>{@code
 * try (DockerRuntime runtime = DockerRuntime.builder().containerPort(8080).build()) {
 *     ServiceSpec acts = ServiceSpec.image("acts", "acts:1.4");
 *     Endpoint endpoint = runtime.start(new ReplicaId("acts", 1), acts);
 * }
 * }</pre>
 *
 * <p>The containers outlive this object and the whole program; labels ({@code io.symphony.service}, {@code .replica},
 * {@code .version}, {@code .schema}) let the next orchestrator find them. A container without them is never touched, unless
 * {@link DockerRuntimeBuilder#adopting} allows it.
 * Nothing here needs the daemon to be there when it is made, and no call waits for a hung one beyond its deadline.
 */
public final class DockerRuntime implements ContainerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(DockerRuntime.class);

    /** How long a watch may wait for the stream of events before it goes on in the background. */
    private static final Duration CONNECTING = Duration.ofSeconds(2);

    private final Daemon daemon;
    private final Images images;
    private final Containers containers;
    private final Output output;
    private final Strangers strangers;
    private final Deaths deaths;
    private final EventFeed events;
    private final Leftovers leftovers;
    private final Starter starter;
    private final Stopper stopper;

    DockerRuntime(DockerRuntimeBuilder plan) {
        Reach reach = plan.reach();
        daemon = new Daemon(plan.address(), plan.version(), plan.limit());
        images = new Images(daemon, plan.listener());
        containers = new Containers(daemon, new Recipe(plan.containers(), reach), reach);
        output = new Output(daemon);
        Obituary obituary = new Obituary(containers, output);
        strangers = new Strangers(containers, plan.adopted());
        deaths = new Deaths(containers, obituary, strangers);
        events = new EventFeed(daemon, deaths, plan.relist(), strangers.areWanted() ? List.of() : Labels.ours());
        leftovers = new Leftovers(containers::remove, Ticker.system());
        starter = new Starter(containers, images, plan.pulling(), reach, plan.ports(), leftovers, deaths, obituary);
        stopper = new Stopper(containers, deaths, strangers);
    }

    /** Begins the description of a runtime; everything has a default. */
    public static DockerRuntimeBuilder builder() {
        return new DockerRuntimeBuilder(System.getenv());
    }

    /** The images that replicas are made from. */
    public Images images() {
        return images;
    }

    @Override
    public Endpoint start(ReplicaId id, ServiceSpec spec) throws RuntimeFailure, InterruptedException {
        Endpoint endpoint = Request.of(id, () -> starter.start(id, spec));
        LOG.debug("{} runs on {}", id, endpoint);
        return endpoint;
    }

    @Override
    public void stop(ReplicaId id, Duration grace) throws RuntimeFailure, InterruptedException {
        Request.of(id, () -> {
            stopper.stop(id, grace);
            return id;
        });
    }

    @Override
    public List<Sighting> list(String service) throws RuntimeFailure, InterruptedException {
        return Request.of(service, () -> running(service));
    }

    private List<Sighting> running(String service) throws DaemonFailure, InterruptedException {
        List<Found> found = containers.of(service);
        leftovers.saw(service, idle(found));
        return Stream.concat(
                        found.stream().flatMap(each -> each.sighting().stream()), strangers.of(service, found).stream())
                .sorted(Comparator.comparing(Sighting::id))
                .toList();
    }

    private static Set<String> idle(List<Found> found) {
        return found.stream()
                .filter(each -> !each.running())
                .map(Found::container)
                .collect(Collectors.toSet());
    }

    /** Also works while the daemon is away: what was missed is told when it is back. */
    @Override
    public Watch watch(String service, Consumer<Death> listener) throws RuntimeFailure {
        if (daemon.isClosed()) {
            throw new RuntimeFailure(service + ": cannot be watched, because this runtime is closed. Make a new one.");
        }
        Watch watch = deaths.watch(service, listener);
        events.begin();
        try {
            if (!events.awaitConnected(CONNECTING)) {
                LOG.warn("{}: no events from the Docker Engine yet; trying on", service);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return watch;
    }

    @Override
    public String lastOutput(ReplicaId id) {
        try {
            Optional<String> container = containers.of(id).stream().findFirst().map(Found::container);
            container = container.or(() -> strangers.container(id));
            return container.isPresent() ? output.lastLines(container.get()) : "";
        } catch (DaemonFailure e) {
            LOG.debug("{}: its output cannot be read", id, e);
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    @Override
    public void close() {
        events.close();
        deaths.close();
        leftovers.close();
        daemon.close();
    }
}
