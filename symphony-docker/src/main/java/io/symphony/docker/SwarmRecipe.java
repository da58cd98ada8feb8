package io.symphony.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.ContainerSpecPrivileges;
import com.github.dockerjava.api.model.EndpointResolutionMode;
import com.github.dockerjava.api.model.EndpointSpec;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.NetworkAttachmentConfig;
import com.github.dockerjava.api.model.PortConfig;
import com.github.dockerjava.api.model.PortConfig.PublishMode;
import com.github.dockerjava.api.model.PortConfigProtocol;
import com.github.dockerjava.api.model.ResourceRequirements;
import com.github.dockerjava.api.model.ResourceSpecs;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServicePlacement;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceRestartPolicy;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.TmpfsOptions;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a replica's service is made from, in Swarm's terms: one task, never restarted, on a port of its node. */
final class SwarmRecipe {

    private static final List<Mount> IN_MEMORY = List.of(inMemory("/tmp", 256 << 20), inMemory("/run", 16 << 20));

    private final ContainerOptions options;
    private final int containerPort;
    private final Duration grace;

    SwarmRecipe(ContainerOptions options, int containerPort, Duration grace) {
        this.options = options;
        this.containerPort = containerPort;
        this.grace = grace;
    }

    /**
     * Our labels stand on the service alone: on a container, an orchestrator of its node would take it for its own.
     *
     * @param constraints which nodes it may go to, in Swarm's words
     */
    ServiceSpec service(
            ReplicaId id, io.symphony.fleet.ServiceSpec spec, String image, int port, List<String> constraints) {
        return new ServiceSpec()
                .withName(Labels.containerName(id))
                .withLabels(Labels.of(id, spec))
                .withMode(new ServiceModeConfig().withReplicated(new ServiceReplicatedModeOptions().withReplicas(1)))
                .withEndpointSpec(new EndpointSpec()
                        .withMode(EndpointResolutionMode.DNSRR)
                        .withPorts(List.of(onItsNode(port))))
                .withTaskTemplate(new TaskSpec()
                        .withContainerSpec(container(spec, image))
                        .withResources(new ResourceRequirements().withLimits(limits()))
                        .withRestartPolicy(new ServiceRestartPolicy().withCondition(ServiceRestartCondition.NONE))
                        .withPlacement(new ServicePlacement().withConstraints(constraints))
                        .withNetworks(networks()));
    }

    private PortConfig onItsNode(int port) {
        return new PortConfig()
                .withProtocol(PortConfigProtocol.TCP)
                .withPublishMode(PublishMode.host)
                .withTargetPort(containerPort)
                .withPublishedPort(port);
    }

    private ContainerSpec container(io.symphony.fleet.ServiceSpec spec, String image) {
        ContainerSpec container = new Confined(options)
                .withImage(image)
                .withEnv(spec.env().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList())
                .withMounts(mounts())
                .withReadOnly(!may(Freedom.WRITABLE_ROOT))
                .withPrivileges(new Privileges(!may(Freedom.NEW_PRIVILEGES)))
                .withStopGracePeriod(grace.toNanos());
        options.user().ifPresent(container::withUser);
        return options.command().isEmpty() ? container : container.withArgs(options.command());
    }

    private List<Mount> mounts() {
        Stream<Mount> given = options.volumes().stream().map(SwarmRecipe::mount);
        Stream<Mount> memory = may(Freedom.WRITABLE_ROOT) ? Stream.empty() : IN_MEMORY.stream();
        return Stream.concat(given, memory).toList();
    }

    private List<NetworkAttachmentConfig> networks() {
        return options.wiring().network().stream()
                .map(network -> new NetworkAttachmentConfig()
                        .withTarget(network)
                        .withAliases(options.wiring().aliases()))
                .toList();
    }

    private ResourceSpecs limits() {
        Limits limits = options.limits();
        ResourceSpecs most = new Bounded(may(Freedom.UNLIMITED_PIDS) ? 0 : limits.pids());
        limits.memoryBytes().ifPresent(most::withMemoryBytes);
        limits.nanoCpus().ifPresent(most::withNanoCPUs);
        return most;
    }

    private boolean may(Freedom freedom) {
        return options.freedoms().contains(freedom);
    }

    /** {@code SOURCE:/PATH[:ro]}; a source that is no path is a volume's name. */
    private static Mount mount(String volume) {
        String[] parts = volume.split(":", 3);
        return new Mount()
                .withType(parts[0].startsWith("/") ? MountType.BIND : MountType.VOLUME)
                .withSource(parts[0])
                .withTarget(parts[1])
                .withReadOnly(parts.length == 3 && parts[2].equals("ro"));
    }

    private static Mount inMemory(String path, long bytes) {
        return new Mount()
                .withType(MountType.TMPFS)
                .withTarget(path)
                .withTmpfsOptions(new TmpfsOptions().withSizeBytes(bytes).withMode(01777));
    }

    /** With what docker-java does not know of a container. */
    static final class Confined extends ContainerSpec {
        private static final long serialVersionUID = 1;

        @JsonProperty("CapabilityDrop")
        final String[] dropped;

        @JsonProperty("CapabilityAdd")
        final String[] kept;

        Confined(ContainerOptions options) {
            dropped = options.freedoms().contains(Freedom.DEFAULT_CAPABILITIES) ? new String[0] : new String[] {"ALL"};
            kept = options.capabilities().stream().map(each -> "CAP_" + each).toArray(String[]::new);
        }
    }

    /** With what docker-java does not know of privileges; Engines before 25 do not know it for services either. */
    static final class Privileges extends ContainerSpecPrivileges {
        private static final long serialVersionUID = 1;

        @JsonProperty("NoNewPrivileges")
        final boolean noneGained;

        Privileges(boolean noneGained) {
            this.noneGained = noneGained;
        }
    }

    /** With what docker-java does not know of limits. */
    static final class Bounded extends ResourceSpecs {
        private static final long serialVersionUID = 1;

        @JsonProperty("Pids")
        final long pids;

        Bounded(long pids) {
            this.pids = pids;
        }
    }
}
