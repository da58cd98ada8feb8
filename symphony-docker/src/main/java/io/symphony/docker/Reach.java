package io.symphony.docker;

import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerPort;
import io.symphony.fleet.Endpoint;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The way from us to a replica's port. */
sealed interface Reach {

    /** The port inside the container. */
    int containerPort();

    /** Where a container that runs can be reached now; none where it cannot. */
    Optional<Endpoint> endpoint(Container container);

    /** Through a port of the daemon's machine, on one of its addresses. */
    record Published(String address, int containerPort) implements Reach {
        private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

        @Override
        public Optional<Endpoint> endpoint(Container container) {
            ContainerPort[] ports = container.getPorts();
            return Arrays.stream(ports == null ? new ContainerPort[0] : ports)
                    .filter(port -> port.getPublicPort() != null && port.getPublicPort() > 0)
                    .filter(port -> Integer.valueOf(containerPort).equals(port.getPrivatePort()))
                    .findFirst()
                    .map(port -> new Endpoint(host(port), port.getPublicPort()));
        }

        /** Our own are all on our address; what somebody else has published may be on another one, or on each. */
        private String host(ContainerPort port) {
            String bound = port.getIp();
            return bound == null || bound.isEmpty() || WILDCARDS.contains(bound) ? address : bound;
        }
    }

    /** Straight to the container's own address, which only the daemon's machine knows the way to. */
    record Direct(Optional<String> network, int containerPort) implements Reach {
        @Override
        public Optional<Endpoint> endpoint(Container container) {
            return Stream.ofNullable(container.getNetworkSettings())
                    .flatMap(settings -> settings.getNetworks().entrySet().stream())
                    .filter(each -> network.isEmpty() || network.get().equals(each.getKey()))
                    .map(each -> each.getValue())
                    .map(ContainerNetwork::getIpAddress)
                    .filter(address -> address != null && !address.isEmpty())
                    .findFirst()
                    .map(address -> new Endpoint(address, containerPort));
        }
    }
}
