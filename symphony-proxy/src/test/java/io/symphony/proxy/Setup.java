package io.symphony.proxy;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.awaitility.Awaitility.await;

import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.spi.ProbeResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A listener in front of some backends, for a test. */
final class Setup implements AutoCloseable {

    private final Orchestrator orchestrator;
    private final Listener listener;

    private Setup(
            List<Endpoint> endpoints,
            UnaryOperator<OrchestratorBuilder> service,
            ProbeResult health,
            int ready,
            UnaryOperator<ListenerBuilder> settings) {
        orchestrator = service.apply(Orchestrator.of(ServiceSpec.backends("acts", endpoints)))
                .probe((endpoint, timeout) -> completedStage(health))
                .start();
        await().until(() -> orchestrator.status().ready() == ready);
        listener = settings.apply(Listener.forwarding(orchestrator)
                        .at("127.0.0.1", 0)
                        .workers(1)
                        .drain(Duration.ofMillis(100)))
                .start();
    }

    static Setup before(Backend... backends) {
        return before(builder -> builder, backends);
    }

    static Setup before(UnaryOperator<ListenerBuilder> settings, Backend... backends) {
        return before(settings, Stream.of(backends).map(Backend::endpoint).toArray(Endpoint[]::new));
    }

    static Setup before(UnaryOperator<ListenerBuilder> settings, Endpoint... endpoints) {
        return before(settings, HealthPolicy.standard(), endpoints);
    }

    static Setup before(UnaryOperator<ListenerBuilder> settings, HealthPolicy policy, Endpoint... endpoints) {
        return new Setup(
                List.of(endpoints), service -> service.health(policy), ProbeResult.well(), endpoints.length, settings);
    }

    /** In front of replicas that hold one request each. */
    static Setup beforeSmall(Backend... backends) {
        return new Setup(
                Stream.of(backends).map(Backend::endpoint).toList(),
                service -> service.mostInside(1),
                ProbeResult.well(),
                backends.length,
                builder -> builder);
    }

    /** In front of a replica that is never well. */
    static Setup beforeNobody(UnaryOperator<ListenerBuilder> settings) {
        return new Setup(List.of(Endpoint.local(1)), service -> service, ProbeResult.silent("refused"), 0, settings);
    }

    Wire connect() throws IOException {
        return Wire.to(listener.address().getPort());
    }

    Listener listener() {
        return listener;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    /** The traffic once nothing is inside any more. */
    ListenerTraffic trafficAtRest() {
        await().until(() -> listener.traffic().inside() == 0);
        return listener.traffic();
    }

    @Override
    public void close() {
        listener.close();
        orchestrator.close();
    }
}
