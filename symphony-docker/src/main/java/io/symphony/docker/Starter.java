package io.symphony.docker;

import io.symphony.docker.DaemonFailure.Kind;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.spi.RuntimeFailure;
import java.util.Optional;
import java.util.OptionalInt;

/** The start of a replica: image, container, port, and its address once it runs. */
final class Starter {

    private final Containers containers;
    private final Images images;
    private final PullPolicy pull;
    private final Reach reach;
    private final HostPorts ports;
    private final Leftovers leftovers;
    private final Deaths deaths;
    private final Obituary obituary;

    Starter(
            Containers containers,
            Images images,
            PullPolicy pull,
            Reach reach,
            HostPorts ports,
            Leftovers leftovers,
            Deaths deaths,
            Obituary obituary) {
        this.containers = containers;
        this.images = images;
        this.pull = pull;
        this.reach = reach;
        this.ports = ports;
        this.leftovers = leftovers;
        this.deaths = deaths;
        this.obituary = obituary;
    }

    /** Returns the address of one that runs already, and removes what is left of an earlier one. */
    Endpoint start(ReplicaId id, ServiceSpec spec) throws DaemonFailure, RuntimeFailure, InterruptedException {
        String image = image(spec);
        for (Found each : containers.of(id)) {
            if (each.running()) {
                return address(each);
            }
            deaths.ordered(each.container());
            containers.remove(each.container());
        }
        images.provide(image, pull);
        return reach instanceof Reach.Published
                ? ports.place(port -> attempt(id, spec, image, OptionalInt.of(port)))
                : attempt(id, spec, image, OptionalInt.empty());
    }

    private Endpoint attempt(ReplicaId id, ServiceSpec spec, String image, OptionalInt port)
            throws DaemonFailure, RuntimeFailure, InterruptedException {
        String container = createOrFind(id, spec, image, port);
        try {
            containers.start(container);
            return readBack(id, container, port);
        } catch (DaemonFailure | RuntimeFailure e) {
            discard(container);
            throw e;
        } catch (InterruptedException e) {
            deaths.ordered(container);
            leftovers.remove(container); // whoever interrupts does not want to wait
            throw e;
        }
    }

    private void discard(String container) throws InterruptedException {
        deaths.ordered(container);
        try {
            containers.remove(container);
        } catch (DaemonFailure e) {
            leftovers.remove(container);
        }
    }

    /** A name that is taken is no trouble where one of ours has it: somebody else starts the same replica just now. */
    private String createOrFind(ReplicaId id, ServiceSpec spec, String image, OptionalInt port)
            throws DaemonFailure, RuntimeFailure, InterruptedException {
        try {
            return containers.create(id, spec, image, port);
        } catch (DaemonFailure e) {
            if (e.is(Kind.NOT_FOUND)) {
                throw new RuntimeFailure(e.getMessage() + ". " + images.advice(image, pull), e);
            }
            if (!e.is(Kind.CONFLICT)) {
                throw e;
            }
            return containers.of(id).stream()
                    .findFirst()
                    .map(Found::container)
                    .orElseThrow(() -> new RuntimeFailure(
                            "a container that is not ours has the name " + Labels.containerName(id)
                                    + ". Rename it, or choose another name for the service.",
                            e));
        }
    }

    /** Always asked for, because only the daemon knows what it has given. */
    private Endpoint readBack(ReplicaId id, String container, OptionalInt port)
            throws DaemonFailure, RuntimeFailure, InterruptedException {
        for (Found each : containers.of(id)) {
            if (each.container().equals(container) && each.running()) {
                deaths.runs(container, id);
                return address(each);
            }
        }
        deaths.runs(container, id);
        if (port.isPresent() && reach instanceof Reach.Published published) {
            return new Endpoint(published.address(), port.getAsInt()); // the watch tells how it ended
        }
        throw new RuntimeFailure("it ended at once: " + obituary.of(container, Optional.empty()));
    }

    private Endpoint address(Found found) throws RuntimeFailure {
        return found.endpoint()
                .orElseThrow(() -> new RuntimeFailure("its container runs, but port " + reach.containerPort()
                        + " of it cannot be reached from here: it has no published port and no address. Was it started"
                        + " with other options?"));
    }

    static String image(ServiceSpec spec) throws RuntimeFailure {
        if (spec.source() instanceof Source.Image image) {
            return image.reference();
        }
        throw new RuntimeFailure(
                "is not made from an image but from " + spec.source() + ". Give an image, or choose another runtime.");
    }
}
