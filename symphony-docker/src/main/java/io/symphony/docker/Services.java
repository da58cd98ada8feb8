package io.symphony.docker;

import com.github.dockerjava.api.command.CreateServiceCmd;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.SwarmNode;
import com.github.dockerjava.api.model.Task;
import io.symphony.docker.DaemonFailure.Kind;
import io.symphony.fleet.ReplicaId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The services of a swarm that are our replicas, one each, handled with operations that may be repeated. */
final class Services {

    private static final String STALE = "update out of sequence";
    private static final int MOST_TRIES = 10;
    private static final BinaryOperator<Task> NEWER = BinaryOperator.maxBy(Comparator.comparing(Task::getCreatedAt));

    private final Daemon daemon;

    Services(Daemon daemon) {
        this.daemon = daemon;
    }

    /** All that are replicas of one of our services, whatever has become of their tasks. */
    List<Placed> of(String service) throws DaemonFailure, InterruptedException {
        return list(Labels.filter(service));
    }

    /** A replica has one service, for its name is given once. */
    Optional<Placed> of(ReplicaId id) throws DaemonFailure, InterruptedException {
        return list(Labels.filter(id)).stream().findFirst();
    }

    /**
     * Makes a service and returns its id.
     *
     * @throws DaemonFailure a conflict where its name is taken, perhaps by ourselves in a call whose answer got lost
     */
    String create(ServiceSpec spec, String image) throws DaemonFailure, InterruptedException {
        return daemon.ask("create a service", client -> {
            CreateServiceCmd create = client.createServiceCmd(spec);
            AuthConfig credentials = client.pullImageCmd(image).getAuthConfig();
            return (credentials == null ? create : create.withAuthConfig(credentials))
                    .exec()
                    .getId();
        });
    }

    /** Has its task end, and keeps the service. Whoever changes it at the same moment, we read it again. */
    void shut(String service) throws DaemonFailure, InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                scaleToNone(service);
                return;
            } catch (DaemonFailure e) {
                if (e.is(Kind.NOT_FOUND)) {
                    return;
                }
                if (tries == MOST_TRIES || !isStale(e)) {
                    throw e;
                }
            }
        }
    }

    /** Whether somebody else has written since we read. */
    static boolean isStale(DaemonFailure refusal) {
        return refusal.getMessage().contains(STALE);
    }

    /** Removes it; Swarm ends a task that runs, with the grace that it was started with. One that is gone is no error. */
    void remove(String service) throws DaemonFailure, InterruptedException {
        try {
            daemon.order(
                    "remove a service",
                    client -> client.removeServiceCmd(service).exec());
        } catch (DaemonFailure e) {
            if (!e.is(Kind.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private void scaleToNone(String service) throws DaemonFailure, InterruptedException {
        daemon.order("end a service's task", client -> {
            Service found = client.inspectServiceCmd(service).exec();
            ServiceModeConfig none =
                    new ServiceModeConfig().withReplicated(new ServiceReplicatedModeOptions().withReplicas(0));
            client.updateServiceCmd(service, found.getSpec().withMode(none))
                    .withVersion(found.getVersion().getIndex())
                    .exec();
        });
    }

    private List<Placed> list(Map<String, String> labels) throws DaemonFailure, InterruptedException {
        List<Service> found = daemon.ask(
                "list services",
                client -> client.listServicesCmd().withLabelFilter(labels).exec());
        if (found.isEmpty()) {
            return List.of();
        }
        Map<String, Task> tasks = tasks(labels);
        Map<String, SwarmNode> nodes = nodes();
        return found.stream()
                .flatMap(each -> {
                    Optional<Task> task = Optional.ofNullable(tasks.get(each.getId()));
                    return Placed.of(each, task, task.map(Task::getNodeId).map(nodes::get)).stream();
                })
                .toList();
    }

    /** The latest task of each service. There is one, unless somebody else has changed the service. */
    private Map<String, Task> tasks(Map<String, String> labels) throws DaemonFailure, InterruptedException {
        return daemon
                .ask(
                        "list tasks",
                        client -> client.listTasksCmd().withLabelFilter(labels).exec())
                .stream()
                .collect(Collectors.toMap(Task::getServiceId, Function.identity(), NEWER));
    }

    private Map<String, SwarmNode> nodes() throws DaemonFailure, InterruptedException {
        return daemon.ask("list nodes", client -> client.listSwarmNodesCmd().exec()).stream()
                .collect(Collectors.toMap(SwarmNode::getId, Function.identity()));
    }
}
