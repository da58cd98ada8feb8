package io.symphony.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Link;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What a container is made from, in the daemon's terms. */
final class Recipe {

    private static final Map<String, String> IN_MEMORY =
            Map.of("/tmp", "rw,nosuid,nodev,size=256m,mode=1777", "/run", "rw,nosuid,nodev,size=16m,mode=1777");

    private final ContainerOptions options;
    private final Reach reach;

    Recipe(ContainerOptions options, Reach reach) {
        this.options = options;
        this.reach = reach;
    }

    /** @param hostPort the port to publish, where one is published */
    void fill(CreateContainerCmd create, ReplicaId id, ServiceSpec spec, OptionalInt hostPort) {
        create.withName(Labels.containerName(id))
                .withLabels(Labels.of(id, spec))
                .withEnv(spec.env().entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList())
                .withExposedPorts(ExposedPort.tcp(reach.containerPort()))
                .withHostConfig(hostConfig(hostPort));
        options.user().ifPresent(create::withUser);
        if (!options.command().isEmpty()) {
            create.withCmd(options.command());
        }
        if (!options.wiring().aliases().isEmpty()) {
            create.withAliases(options.wiring().aliases());
        }
    }

    private HostConfig hostConfig(OptionalInt hostPort) {
        HostConfig host = HostConfig.newHostConfig().withRestartPolicy(RestartPolicy.noRestart());
        hostPort.ifPresent(port -> host.withPortBindings(binding(port)));
        wire(host);
        limit(host);
        confine(host);
        return host.withBinds(options.volumes().stream().map(Bind::parse).toList());
    }

    private PortBinding binding(int hostPort) {
        String address = reach instanceof Reach.Published published ? published.address() : "127.0.0.1";
        return new PortBinding(
                new Ports.Binding(address, Integer.toString(hostPort)), ExposedPort.tcp(reach.containerPort()));
    }

    private void wire(HostConfig host) {
        options.wiring().network().ifPresent(host::withNetworkMode);
        List<Link> links = options.wiring().links().stream().map(Link::parse).toList();
        if (!links.isEmpty()) {
            host.withLinks(links);
        }
    }

    private void limit(HostConfig host) {
        Limits limits = options.limits();
        limits.memoryBytes().ifPresent(bytes -> host.withMemory(bytes).withMemorySwap(bytes));
        limits.nanoCpus().ifPresent(host::withNanoCPUs);
        if (!may(Freedom.UNLIMITED_PIDS)) {
            host.withPidsLimit(limits.pids());
        }
    }

    private void confine(HostConfig host) {
        if (!may(Freedom.WRITABLE_ROOT)) {
            host.withReadonlyRootfs(true).withTmpFs(IN_MEMORY);
        }
        if (!may(Freedom.DEFAULT_CAPABILITIES)) {
            host.withCapDrop(Capability.ALL);
        }
        if (!may(Freedom.NEW_PRIVILEGES)) {
            host.withSecurityOpts(List.of("no-new-privileges"));
        }
        host.withCapAdd(options.capabilities().stream().map(Capability::valueOf).toArray(Capability[]::new));
    }

    private boolean may(Freedom freedom) {
        return options.freedoms().contains(freedom);
    }
}
