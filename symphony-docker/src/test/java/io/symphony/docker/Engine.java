package io.symphony.docker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The real Docker Engine, for what a test does behind a runtime's back. */
final class Engine implements AutoCloseable {

    private final Daemon daemon =
            new Daemon(DaemonAddress.fromEnvironment(System.getenv()), Optional.empty(), Duration.ofSeconds(30));
    private final Reach reach = new Reach.Published("127.0.0.1", Answering.PORT);
    private final Containers containers = new Containers(daemon, new Recipe(ContainerOptions.secure(), reach), reach);

    Daemon daemon() {
        return daemon;
    }

    Containers containers() {
        return containers;
    }

    /** Containers of one service and of those whose names begin with its name, running or not. */
    List<Found> of(String service) throws DaemonFailure, InterruptedException {
        return containers.all().stream()
                .filter(each -> each.id().service().startsWith(service))
                .toList();
    }

    /** Removes them all. */
    void clear(String service) throws DaemonFailure, InterruptedException {
        for (Found each : of(service)) {
            containers.remove(each.container());
        }
    }

    @Override
    public void close() {
        daemon.close();
    }
}
