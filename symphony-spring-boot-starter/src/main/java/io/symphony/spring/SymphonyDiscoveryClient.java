package io.symphony.spring;

import io.symphony.Orchestrator;
import io.symphony.Status.ReplicaStatus;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/**
 * Lets Spring Cloud's load balancer and gateway find the replicas that serve. What they send takes no lease, so it is
 * neither counted nor waited for when a replica drains.
 */
final class SymphonyDiscoveryClient implements DiscoveryClient {

    private final Orchestrator orchestrator;

    SymphonyDiscoveryClient(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    @Override
    public String description() {
        return "Symphony's replicas of " + orchestrator.name();
    }

    @Override
    public List<ServiceInstance> getInstances(String service) {
        if (!service.equals(orchestrator.name())) {
            return List.of();
        }
        return orchestrator.status().replicas().stream()
                .filter(replica -> replica.phase() == Phase.READY)
                .flatMap(SymphonyDiscoveryClient::instance)
                .toList();
    }

    private static Stream<ServiceInstance> instance(ReplicaStatus replica) {
        return replica.endpoint().map(where -> instance(replica, where)).stream();
    }

    private static ServiceInstance instance(ReplicaStatus replica, Endpoint where) {
        return new DefaultServiceInstance(
                replica.id().toString(), replica.id().service(), where.host(), where.port(), false);
    }

    @Override
    public List<String> getServices() {
        return List.of(orchestrator.name());
    }
}
