package io.symphony.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The end of a replica: its image's stop signal, the grace, then force; and the container is removed. The daemon's own
 * stop is not used: it counts in whole seconds, and would go on after we were interrupted.
 */
final class Stopper {

    private static final Duration INSISTING = Duration.ofSeconds(10);

    private final Containers containers;
    private final Deaths deaths;
    private final Strangers strangers;

    Stopper(Containers containers, Deaths deaths, Strangers strangers) {
        this.containers = containers;
        this.deaths = deaths;
        this.strangers = strangers;
    }

    /** Ends whatever there is of a replica, also what an interrupted start has left. */
    void stop(ReplicaId id, Duration grace) throws DaemonFailure, InterruptedException {
        for (Found each : containers.of(id)) {
            deaths.ordered(each.container());
            if (each.running() && grace.compareTo(Duration.ZERO) > 0) {
                ask(each.container(), grace);
            }
            containers.remove(each.container());
        }
        Optional<String> stranger = strangers.container(id);
        if (stranger.isPresent()) {
            stopOnly(stranger.get(), grace);
        }
    }

    /** What somebody else has made is stopped but not removed: what is in it is not ours. */
    private void stopOnly(String container, Duration grace) throws DaemonFailure, InterruptedException {
        deaths.ordered(container);
        ask(container, grace);
        containers.signal(container, "SIGKILL"); // one that has ended needs none
        Patience.whileTrue(() -> runs(container), INSISTING);
        strangers.letGo(container);
    }

    private void ask(String container, Duration grace) throws DaemonFailure, InterruptedException {
        Optional<InspectContainerResponse> before = containers.inspect(container);
        if (before.isEmpty()) {
            return;
        }
        containers.signal(container, stopSignal(before.get())); // one that is paused is let go on with it
        Patience.whileTrue(() -> runs(container), grace);
    }

    private boolean runs(String container) throws DaemonFailure, InterruptedException {
        return containers
                .inspect(container)
                .map(found -> Boolean.TRUE.equals(found.getState().getRunning()))
                .orElse(false);
    }

    /** docker-java does not know this setting, but keeps what it does not know. */
    private static String stopSignal(InspectContainerResponse container) {
        Object config = container.getRawValues().get("Config");
        Object signal = config instanceof Map<?, ?> settings ? settings.get("StopSignal") : null;
        return signal == null || signal.toString().isEmpty() ? "SIGTERM" : signal.toString();
    }
}
