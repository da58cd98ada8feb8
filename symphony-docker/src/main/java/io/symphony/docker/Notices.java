package io.symphony.docker;

import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.Service;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.TaskSpec;
import io.symphony.docker.DaemonFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Services of a swarm that run nothing and only hold labels: managers replace one only for who has read its latest version,
 * and keep it as safe as all that they know.
 */
final class Notices {

    /** A service names an image, also where it never runs. */
    private static final String NO_IMAGE = "symphony-notice";

    private final Daemon daemon;
    private final Duration limit;

    /** @param limit how long one question may take */
    Notices(Daemon daemon, Duration limit) {
        this.daemon = daemon;
        this.limit = limit;
    }

    /** One as it was read. */
    record Notice(String id, long version, String name, Map<String, String> labels) {

        static Notice of(Service found) {
            ServiceSpec spec = found.getSpec();
            return new Notice(
                    found.getId(), found.getVersion().getIndex(), spec.getName(), Map.copyOf(spec.getLabels()));
        }
    }

    Optional<Notice> find(String name) throws DaemonFailure, InterruptedException {
        try {
            return Optional.of(Notice.of(daemon.converse(
                    "read " + name,
                    limit,
                    speaking -> speaking.control().inspectServiceCmd(name).exec())));
        } catch (DaemonFailure e) {
            if (e.is(Kind.NOT_FOUND)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<Notice> all(Map<String, String> labels) throws DaemonFailure, InterruptedException {
        return daemon
                .converse(
                        "list services",
                        limit,
                        speaking -> speaking.control()
                                .listServicesCmd()
                                .withLabelFilter(labels)
                                .exec())
                .stream()
                .map(Notice::of)
                .toList();
    }

    /** False where one has that name already. */
    boolean create(String name, Map<String, String> labels) throws DaemonFailure, InterruptedException {
        try {
            daemon.converse(
                    "write " + name,
                    limit,
                    speaking -> speaking.control()
                            .createServiceCmd(specification(name, labels))
                            .exec());
            return true;
        } catch (DaemonFailure e) {
            if (e.is(Kind.CONFLICT)) {
                return false;
            }
            throw e;
        }
    }

    /** False where somebody has written it since, or removed it. */
    boolean replace(String id, long version, String name, Map<String, String> labels)
            throws DaemonFailure, InterruptedException {
        try {
            daemon.converse(
                    "write " + name,
                    limit,
                    speaking -> speaking.control()
                            .updateServiceCmd(id, specification(name, labels))
                            .withVersion(version)
                            .exec());
            return true;
        } catch (DaemonFailure e) {
            if (e.is(Kind.NOT_FOUND) || Services.isStale(e)) {
                return false;
            }
            throw e;
        }
    }

    /** One that is gone is no error. */
    void remove(String name) throws DaemonFailure, InterruptedException {
        try {
            daemon.converse(
                    "remove " + name,
                    limit,
                    speaking -> speaking.control().removeServiceCmd(name).exec());
        } catch (DaemonFailure e) {
            if (!e.is(Kind.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private static ServiceSpec specification(String name, Map<String, String> labels) {
        return new ServiceSpec()
                .withName(name)
                .withLabels(labels)
                .withMode(new ServiceModeConfig().withReplicated(new ServiceReplicatedModeOptions().withReplicas(0)))
                .withTaskTemplate(new TaskSpec().withContainerSpec(new ContainerSpec().withImage(NO_IMAGE)));
    }
}
