package io.symphony.docker;

import com.github.dockerjava.api.model.Container;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running containers of an image that somebody else has started, and that we were told to take over. A label cannot be
 * put on a container that runs, so who is which replica is kept here, for as long as we live.
 *
 * <p>They are taken at the first list of a service and never later: what appears afterwards belongs to whoever started
 * it. One that has ended is let go, so that nobody's restart of it is undone, and none is ever removed.
 */
final class Strangers {

    /** Stands where containers of ours have their specification's version: nobody knows what these were made from. */
    static final String VERSION = "somebody-else's";

    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    private final Map<String, ReplicaId> taken = new ConcurrentHashMap<>();
    private final Set<String> looked = new HashSet<>();
    private final Containers containers;
    private final Optional<String> image;

    /** @param image whose containers are taken; without one there are none */
    Strangers(Containers containers, Optional<String> image) {
        this.containers = containers;
        this.image = image;
    }

    boolean areWanted() {
        return image.isPresent();
    }

    /** Those of a service; the first call takes them, with numbers above those that are ours. */
    synchronized List<Sighting> of(String service, List<Found> ours) throws DaemonFailure, InterruptedException {
        if (image.isPresent() && !looked.contains(service)) {
            take(service, image.get(), highest(ours));
            looked.add(service);
        }
        return running().stream()
                .filter(each -> each.id().service().equals(service))
                .flatMap(each -> each.sighting().stream())
                .toList();
    }

    /** Which replica a container is. */
    Optional<ReplicaId> replica(String container) {
        return Optional.ofNullable(taken.get(container));
    }

    /** Which container a replica is. */
    Optional<String> container(ReplicaId id) {
        return taken.entrySet().stream()
                .filter(each -> each.getValue().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Those that we still have and that run. */
    List<Found> running() throws DaemonFailure, InterruptedException {
        if (taken.isEmpty()) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (Container each : containers.runningAmong(taken.keySet())) {
            replica(each.getId()).ifPresent(id -> found.add(containers.found(each, id, VERSION)));
        }
        return found;
    }

    /** It has ended. Whatever becomes of it now, is its owner's affair. */
    void letGo(String container) {
        taken.remove(container);
    }

    private void take(String service, String reference, long highest) throws DaemonFailure, InterruptedException {
        long number = highest;
        List<Container> listed = containers.runningOf(reference).stream()
                .filter(each -> !Labels.isAnybodysReplica(each.getLabels()))
                .sorted(Comparator.comparing(Container::getId))
                .toList();
        for (Container each : listed) {
            if (containers.isReachable(each)) {
                number++;
                taken.put(each.getId(), new ReplicaId(service, number));
            } else {
                LOG.warn("{}: container {} is not taken over: its port cannot be reached", service, each.getId());
            }
        }
    }

    private static long highest(List<Found> ours) {
        return ours.stream().mapToLong(each -> each.id().number()).max().orElse(0);
    }
}
