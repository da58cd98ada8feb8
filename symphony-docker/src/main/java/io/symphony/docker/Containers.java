package io.symphony.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import io.symphony.docker.DaemonFailure.Kind;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Containers on the daemon, handled with operations that may be repeated. */
final class Containers {

    private static final Duration REMOVAL = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 50;

    private final Daemon daemon;
    private final Recipe recipe;
    private final Reach reach;

    Containers(Daemon daemon, Recipe recipe, Reach reach) {
        this.daemon = daemon;
        this.recipe = recipe;
        this.reach = reach;
    }

    List<Found> all() throws DaemonFailure, InterruptedException {
        return list(Labels.ours());
    }

    List<Found> of(String service) throws DaemonFailure, InterruptedException {
        return list(Labels.of(service));
    }

    /** A replica has one container, for its name is given once; so two would be a surprise, but both are ours. */
    List<Found> of(ReplicaId id) throws DaemonFailure, InterruptedException {
        return list(Labels.of(id));
    }

    /**
     * Makes a container that does not run yet, and returns its id. One whose answer got lost is found again.
     *
     * @throws DaemonFailure a conflict where somebody else has the name
     */
    String create(ReplicaId id, ServiceSpec spec, String image, OptionalInt hostPort)
            throws DaemonFailure, InterruptedException {
        try {
            return tryToCreate(id, spec, image, hostPort);
        } catch (DaemonFailure e) {
            if (!e.is(Kind.UNREACHABLE)) {
                throw e;
            }
            List<Found> made = of(id);
            return made.isEmpty()
                    ? tryToCreate(id, spec, image, hostPort)
                    : made.get(0).container();
        }
    }

    /** Starting one that runs does nothing, so a start whose answer got lost is simply made again. */
    void start(String container) throws DaemonFailure, InterruptedException {
        try {
            tryToStart(container);
        } catch (DaemonFailure e) {
            if (!e.is(Kind.UNREACHABLE)) {
                throw e;
            }
            tryToStart(container);
        }
    }

    /** Empty where there is no such container any more. */
    Optional<InspectContainerResponse> inspect(String container) throws DaemonFailure, InterruptedException {
        try {
            return Optional.of(daemon.ask(
                    "inspect a container",
                    client -> client.inspectContainerCmd(container).exec()));
        } catch (DaemonFailure e) {
            if (e.is(Kind.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Sends a signal. One that has ended, or is gone, needs none. */
    void signal(String container, String signal) throws DaemonFailure, InterruptedException {
        forgiving(
                () -> daemon.order(
                        "signal a container",
                        client -> client.killContainerCmd(container)
                                .withSignal(signal)
                                .exec()),
                Kind.NOT_FOUND,
                Kind.CONFLICT);
    }

    /** Removes it with its nameless volumes, running or not, and returns when it is gone. */
    void remove(String container) throws DaemonFailure, InterruptedException {
        long deadline = System.nanoTime() + REMOVAL.toNanos();
        do {
            forgiving(
                    () -> daemon.order(
                            "remove a container",
                            client -> client.removeContainerCmd(container)
                                    .withForce(true)
                                    .withRemoveVolumes(true)
                                    .exec()),
                    Kind.NOT_FOUND,
                    Kind.CONFLICT); // a conflict: somebody else is removing it right now
            if (inspect(container).isEmpty()) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        } while (System.nanoTime() - deadline < 0);
        throw DaemonFailure.silent("remove a container", REMOVAL, new IllegalStateException(container));
    }

    private String tryToCreate(ReplicaId id, ServiceSpec spec, String image, OptionalInt hostPort)
            throws DaemonFailure, InterruptedException {
        return daemon.ask("create a container", client -> {
            var create = client.createContainerCmd(image);
            recipe.fill(create, id, spec, hostPort);
            return create.exec().getId();
        });
    }

    private void tryToStart(String container) throws DaemonFailure, InterruptedException {
        forgiving(
                () -> daemon.order(
                        "start a container",
                        client -> client.startContainerCmd(container).exec()),
                Kind.DONE_ALREADY);
    }

    private List<Found> list(Collection<String> labels) throws DaemonFailure, InterruptedException {
        List<Container> listed = daemon.ask(
                "list containers",
                client -> client.listContainersCmd()
                        .withShowAll(true)
                        .withFilter("label", labels)
                        .exec());
        return listed.stream().flatMap(each -> Found.of(each, reach).stream()).toList();
    }

    /** Those that run and were made from this very image, whoever made them; none where there is no such image. */
    List<Container> runningOf(String image) throws DaemonFailure, InterruptedException {
        try {
            String id = daemon.ask(
                            "look at an image",
                            client -> client.inspectImageCmd(image).exec())
                    .getId();
            return daemon
                    .ask("list containers", client -> client.listContainersCmd().exec())
                    .stream()
                    .filter(each -> id.equals(each.getImageId()))
                    .toList();
        } catch (DaemonFailure e) {
            if (e.is(Kind.NOT_FOUND)) {
                return List.of();
            }
            throw e;
        }
    }

    List<Container> runningAmong(Collection<String> ids) throws DaemonFailure, InterruptedException {
        return daemon.ask(
                "list containers",
                client -> client.listContainersCmd().withIdFilter(ids).exec());
    }

    boolean isReachable(Container listed) {
        return reach.endpoint(listed).isPresent();
    }

    /** One that bears no mark of ours, as the replica that we take it for. */
    Found found(Container listed, ReplicaId id, String version) {
        return Found.of(listed, id, version, reach);
    }

    private static void forgiving(Step step, Kind... kinds) throws DaemonFailure, InterruptedException {
        try {
            step.take();
        } catch (DaemonFailure e) {
            if (!List.of(kinds).stream().anyMatch(e::is)) {
                throw e;
            }
        }
    }

    /** One thing done with the daemon. */
    @FunctionalInterface
    private interface Step {
        void take() throws DaemonFailure, InterruptedException;
    }
}
