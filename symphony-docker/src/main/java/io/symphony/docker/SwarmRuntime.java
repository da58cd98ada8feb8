package io.symphony.docker;

import io.symphony.docker.Placed.Life;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.Ensemble;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicas on a Docker Swarm, from version 20.10 on: one service with one task each, on a port of its node.
 *
 * <pre>{@code
 * Duration grace = Duration.ofSeconds(10);
 * try (SwarmRuntime runtime = DockerRuntime.builder().containerPort(8080).buildOnSwarm(grace)) {
 *     ServiceSpec acts = ServiceSpec.image("acts", "acts:1.4");
 *     Endpoint endpoint = runtime.start(new ReplicaId("acts", 1), acts);
 * }
 * }</pre>
 *
 * <p>Swarm places the tasks; it never restarts one, because the orchestrator does. The daemon must be a manager. Services without
 * the labels of {@link DockerRuntime} are never touched.
 */
public final class SwarmRuntime implements ContainerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(SwarmRuntime.class);

    /** A manager that is well answers within some milliseconds; one that is not must not hold up who asks who leads. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Queue<Watch> watches = new ConcurrentLinkedQueue<>();
    private final SwarmOrders orders = new SwarmOrders();
    private final Daemon daemon;
    private final Images images;
    private final Services services;
    private final Output output;
    private final Leftovers leftovers;
    private final SwarmStarter starter;
    private final SwarmStopper stopper;

    SwarmRuntime(DockerRuntimeBuilder plan, Duration grace) {
        daemon = new Daemon(plan.address(), plan.version(), plan.limit());
        images = new Images(daemon, plan.listener());
        services = new Services(daemon);
        output = new Output(daemon);
        leftovers = new Leftovers(services::remove, Ticker.system());
        SwarmRecipe recipe = new SwarmRecipe(plan.containers(), plan.portInside(), grace);
        HostPorts ports = plan.ports(any -> true); // which ones a node has left, Swarm knows
        starter = new SwarmStarter(services, images, plan.pulling(), recipe, ports, orders, leftovers);
        stopper = new SwarmStopper(services, orders);
    }

    /** The images of the manager; the other nodes fetch what they have not from the registry that it came from. */
    public Images images() {
        return images;
    }

    /**
     * The orchestrators of a service that serve it together, as one more of them sees it. What they share stands in the
     * labels of services that run nothing: {@code symphony-SERVICE-mandate} says who decides.
     *
     * @param name how this orchestrator is to be called among them; never twice
     */
    public Ensemble ensemble(String service, String name) {
        return new SwarmEnsemble(service, name, new Notices(daemon, SOON));
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
        List<Placed> found = Request.of(service, () -> services.of(service));
        leftovers.saw(service, over(found));
        return found.stream()
                .flatMap(each -> each.sighting().stream())
                .sorted(Comparator.comparing(Sighting::id))
                .toList();
    }

    /** Also works while no manager answers: what was missed is told when one does again. */
    @Override
    public Watch watch(String service, Consumer<Death> listener) throws RuntimeFailure {
        if (daemon.isClosed()) {
            throw new RuntimeFailure(service + ": cannot be watched, because this runtime is closed. Make a new one.");
        }
        SwarmWatch watch = new SwarmWatch(service, listener, services, orders, output).begin();
        watches.add(watch);
        return watch;
    }

    @Override
    public String lastOutput(ReplicaId id) {
        try {
            Optional<Placed> found = services.of(id).filter(each -> !each.nodeIsDown());
            return found.isPresent() ? output.lastLinesOfService(found.get().service()) : "";
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
        watches.forEach(Watch::close);
        leftovers.close();
        daemon.close();
    }

    /** A task on a node that is down is gone for us; its service goes, and the node ends it when it is back. */
    private static Set<String> over(List<Placed> found) {
        return found.stream()
                .filter(each -> each.life() == Life.OVER || each.task().isEmpty())
                .map(Placed::service)
                .collect(Collectors.toSet());
    }
}
