package io.symphony.docker;

import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.SwarmNode;
import com.github.dockerjava.api.model.SwarmNodeAvailability;
import com.github.dockerjava.api.model.SwarmNodeManagerStatus;
import com.github.dockerjava.api.model.SwarmNodeState;
import com.github.dockerjava.api.model.SwarmNodeStatus;
import com.github.dockerjava.api.model.Task;
import com.github.dockerjava.api.model.TaskState;
import com.github.dockerjava.api.model.TaskStatus;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Sighting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A replica's service in a swarm as it was found, with its only task and the node that this runs on. */
record Placed(
        String service,
        ReplicaId id,
        String version,
        List<Integer> ports,
        Optional<Task> task,
        Optional<SwarmNode> node) {

    private static final String NOT_SAID = "0.0.0.0";

    /** None where it does not bear our mark. */
    static Optional<Placed> of(Service found, Optional<Task> task, Optional<SwarmNode> node) {
        var spec = found.getSpec();
        Map<String, String> labels = spec == null || spec.getLabels() == null ? Map.of() : spec.getLabels();
        return Labels.replica(labels)
                .map(id -> new Placed(
                        String.valueOf(found.getId()),
                        id,
                        labels.getOrDefault(Labels.VERSION, ""),
                        Stream.ofNullable(spec.getEndpointSpec())
                                .flatMap(endpoint -> Stream.ofNullable(endpoint.getPorts()))
                                .flatMap(List::stream)
                                .map(PortConfig::getPublishedPort)
                                .toList(),
                        task,
                        node));
    }

    Life life() {
        if (task.isEmpty()) {
            return Life.COMING;
        }
        TaskState state = status().map(TaskStatus::getState).orElse(TaskState.NEW);
        boolean wanted = isWanted(task.get().getDesiredState());
        if (nodeIsDown() || state.compareTo(TaskState.RUNNING) > 0) {
            return Life.OVER;
        }
        if (state == TaskState.RUNNING) {
            return wanted ? Life.RUNNING : Life.LEAVING;
        }
        return wanted ? Life.COMING : Life.OVER;
    }

    boolean runs() {
        return life() == Life.RUNNING || life() == Life.LEAVING;
    }

    /** Whether a node has been given its task, and has not taken it yet. */
    boolean isUntouched() {
        return life() == Life.COMING && status().map(TaskStatus::getState).orElse(TaskState.NEW) == TaskState.ASSIGNED;
    }

    /** Whether it ended by itself, as opposed to one that could not even begin. */
    boolean hasBegun() {
        TaskState state = status().map(TaskStatus::getState).orElse(TaskState.NEW);
        return state == TaskState.COMPLETE || trouble().startsWith("task: non-zero exit");
    }

    /** The exit code of one that ended by itself. */
    Optional<String> exitCode() {
        return status().filter(any -> hasBegun())
                .map(TaskStatus::getContainerStatus)
                .map(container -> String.valueOf(container.getExitCodeLong()));
    }

    /** Where the node can be reached that it is on; the leading manager may know its own address only as a manager's. */
    Optional<Endpoint> endpoint() {
        Optional<Integer> port = ports.stream().findFirst();
        return address().flatMap(host -> port.map(number -> new Endpoint(host, number)));
    }

    /** None where it does not run, or has no address. */
    Optional<Sighting> sighting() {
        return endpoint().filter(any -> runs()).map(address -> new Sighting(id, address, version));
    }

    /** What Swarm says is wrong; empty where nothing is. */
    String trouble() {
        return status().map(TaskStatus::getErr).orElse("");
    }

    /** Why it is no more, or soon will be, in words. */
    String ending() {
        if (nodeIsDown()) {
            return "its " + nodeName() + " is down";
        }
        if (exitCode().isPresent()) {
            return Obituary.brief(exitCode(), false);
        }
        if (!trouble().isEmpty()) {
            return trouble();
        }
        return isDrained() ? "its " + nodeName() + " is drained" : "Swarm ends it, at somebody else's order";
    }

    boolean nodeIsDown() {
        return node.map(SwarmNode::getStatus)
                .map(SwarmNodeStatus::getState)
                .filter(state -> state == SwarmNodeState.DOWN)
                .isPresent();
    }

    private boolean isDrained() {
        return node.map(SwarmNode::getSpec)
                .filter(spec -> spec.getAvailability() == SwarmNodeAvailability.DRAIN)
                .isPresent();
    }

    private Optional<String> address() {
        Optional<String> said = node.map(SwarmNode::getStatus)
                .map(SwarmNodeStatus::getAddress)
                .filter(address -> !address.isEmpty() && !address.equals(NOT_SAID));
        return said.or(() -> node.map(SwarmNode::getManagerStatus)
                .map(SwarmNodeManagerStatus::getAddr)
                .map(address -> address.substring(0, address.lastIndexOf(':'))));
    }

    String nodeId() {
        return node.map(SwarmNode::getId).orElse("");
    }

    String nodeName() {
        String host = node.map(SwarmNode::getDescription)
                .map(description -> description.getHostname() + " ")
                .orElse("");
        return "node " + host + "(" + address().orElse("without an address") + ")";
    }

    private Optional<TaskStatus> status() {
        return task.map(Task::getStatus);
    }

    private static boolean isWanted(@Nullable TaskState desired) {
        return desired == null || desired.compareTo(TaskState.RUNNING) <= 0;
    }

    /** Where its task is between its beginning and its end. */
    enum Life {
        COMING,
        RUNNING,
        /** Runs, but Swarm has been told to end it. */
        LEAVING,
        OVER
    }
}
