package io.symphony.docker;

import io.symphony.docker.DaemonFailure.Kind;
import io.symphony.docker.Placed.Life;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start of a replica on a swarm: image, service, port, and its node's address once its task runs. */
final class SwarmStarter {

    private static final Logger LOG = LoggerFactory.getLogger(SwarmStarter.class);
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 200;

    /** How long Swarm may find no node for it. */
    private static final Duration HOMELESS = Duration.ofSeconds(5);

    /** How long a node may leave a task untouched; one that lives takes it within some milliseconds. */
    private static final Duration UNTOUCHED = Duration.ofSeconds(3);

    private final SilentNodes silent = new SilentNodes(Ticker.system());

    private final Services services;
    private final Images images;
    private final PullPolicy pull;
    private final SwarmRecipe recipe;
    private final HostPorts ports;
    private final SwarmOrders orders;
    private final Leftovers leftovers;

    SwarmStarter(
            Services services,
            Images images,
            PullPolicy pull,
            SwarmRecipe recipe,
            HostPorts ports,
            SwarmOrders orders,
            Leftovers leftovers) {
        this.services = services;
        this.images = images;
        this.pull = pull;
        this.recipe = recipe;
        this.ports = ports;
        this.orders = orders;
        this.leftovers = leftovers;
    }

    /** Returns the address of one that runs already, and removes what is left of an earlier one. */
    Endpoint start(ReplicaId id, ServiceSpec spec) throws DaemonFailure, RuntimeFailure, InterruptedException {
        Optional<Placed> before = services.of(id);
        if (before.isPresent() && before.get().runs()) {
            return address(before.get());
        }
        if (before.isPresent() && before.get().life() == Life.OVER) {
            discard(before.get().service());
        }
        String content = content(Starter.image(spec));
        orders.starts(id);
        try {
            return ports.place(port -> attempt(id, spec, content, port));
        } finally {
            orders.started(id);
        }
    }

    private String content(String image) throws DaemonFailure, RuntimeFailure, InterruptedException {
        try {
            return images.pinned(image, pull);
        } catch (DaemonFailure e) {
            if (e.is(Kind.NOT_FOUND)) {
                throw new RuntimeFailure(e.getMessage() + ". " + images.advice(image, pull), e);
            }
            throw e;
        }
    }

    /** Tries one node after another, until one takes it or none is left. */
    private Endpoint attempt(ReplicaId id, ServiceSpec spec, String content, int port)
            throws DaemonFailure, RuntimeFailure, InterruptedException {
        String image = Starter.image(spec);
        while (true) {
            String service = createOrFind(id, recipe.service(id, spec, content, port, silent.constraints()), image);
            Optional<Endpoint> endpoint = runOrDiscard(id, service);
            if (endpoint.isPresent()) {
                return endpoint.get();
            }
        }
    }

    private Optional<Endpoint> runOrDiscard(ReplicaId id, String service)
            throws DaemonFailure, RuntimeFailure, InterruptedException {
        try {
            Optional<Endpoint> endpoint = awaitRunning(id, service);
            if (endpoint.isEmpty()) {
                discard(service);
            }
            return endpoint;
        } catch (DaemonFailure | RuntimeFailure e) {
            discard(service);
            throw e;
        } catch (InterruptedException e) {
            orders.ends(service);
            leftovers.remove(service); // whoever interrupts does not want to wait
            throw e;
        }
    }

    private void discard(String service) throws InterruptedException {
        orders.ends(service);
        try {
            services.remove(service);
        } catch (DaemonFailure e) {
            leftovers.remove(service);
        }
    }

    /** A name that is taken is no trouble where one of ours has it: a call whose answer got lost, or another's start. */
    private String createOrFind(ReplicaId id, com.github.dockerjava.api.model.ServiceSpec spec, String image)
            throws DaemonFailure, RuntimeFailure, InterruptedException {
        try {
            return services.create(spec, image);
        } catch (DaemonFailure e) {
            if (!e.is(Kind.CONFLICT) && !e.is(Kind.UNREACHABLE)) {
                throw e;
            }
            Optional<Placed> made = services.of(id);
            if (made.isPresent()) {
                return made.get().service();
            }
            if (e.is(Kind.UNREACHABLE)) {
                throw e;
            }
            throw new RuntimeFailure(
                    "a service that is not ours has the name " + Labels.containerName(id)
                            + ". Remove it, or choose another name for the service.",
                    e);
        }
    }

    /** Its address; empty where another node has to be tried. */
    private Optional<Endpoint> awaitRunning(ReplicaId id, String service)
            throws DaemonFailure, RuntimeFailure, InterruptedException {
        long began = System.nanoTime();
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (true) {
            Placed now = services.of(id)
                    .filter(each -> each.service().equals(service))
                    .orElseThrow(() -> new RuntimeFailure("its service was removed by somebody else"));
            if (now.runs() || now.hasBegun()) {
                return Optional.of(address(now)); // where it ended at once, the watch tells how
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (isLost(now, waited)) {
                LOG.warn("{}: {} does not take it; trying another", id, now.nodeName());
                silent.add(now.nodeId());
                return Optional.empty();
            }
            requireHope(now, waited);
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            pauseMillis = Math.min(pauseMillis * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private static boolean isLost(Placed task, Duration waited) {
        return task.nodeIsDown() || task.isUntouched() && waited.compareTo(UNTOUCHED) > 0;
    }

    /** A port that each node has given already is another port's turn at once; other wants may be met soon. */
    private static void requireHope(Placed task, Duration waited) throws DaemonFailure {
        if (task.life() == Life.OVER) {
            throw DaemonFailure.other("its task could not begin: " + task.ending());
        }
        boolean homeless = task.node().isEmpty() && !task.trouble().isEmpty();
        if (homeless && (HostPorts.isTaken(task.trouble()) || waited.compareTo(HOMELESS) > 0)) {
            throw DaemonFailure.other("no node of the swarm can take it: " + task.trouble());
        }
    }

    private static Endpoint address(Placed placed) throws RuntimeFailure {
        return placed.endpoint()
                .orElseThrow(
                        () -> new RuntimeFailure("its task runs, but its service publishes no port, or its node has"
                                + " no address. See 'docker node inspect', and start nodes with --advertise-addr."));
    }
}
