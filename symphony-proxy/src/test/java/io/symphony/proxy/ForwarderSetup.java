package io.symphony.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedStage;
import static org.awaitility.Awaitility.await;

import io.symphony.Orchestrator;
import io.symphony.Status;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.EjectionPolicy;
import io.symphony.health.HealthPolicy;
import io.symphony.spi.ProbeResult;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A forwarder in front of some backends, for a test. */
final class ForwarderSetup implements AutoCloseable {

    private final Orchestrator orchestrator;
    private final Forwarder forwarder;

    private ForwarderSetup(
            List<Endpoint> endpoints, ProbeResult health, int ready, UnaryOperator<ForwarderBuilder> settings) {
        orchestrator = Orchestrator.of(ServiceSpec.backends("acts", endpoints))
                .health(HealthPolicy.standard().withEjection(EjectionPolicy.never()))
                .probe((endpoint, timeout) -> completedStage(health))
                .start();
        await().until(() -> orchestrator.status().ready() == ready);
        forwarder = settings.apply(Forwarder.to(orchestrator).workers(1).drain(Duration.ofMillis(100)))
                .start();
    }

    static ForwarderSetup before(Backend... backends) {
        return before(
                builder -> builder, Stream.of(backends).map(Backend::endpoint).toArray(Endpoint[]::new));
    }

    static ForwarderSetup before(UnaryOperator<ForwarderBuilder> settings, Endpoint... endpoints) {
        return new ForwarderSetup(List.of(endpoints), ProbeResult.well(), endpoints.length, settings);
    }

    static ForwarderSetup beforeNobody() {
        return new ForwarderSetup(
                List.of(Endpoint.local(1)),
                ProbeResult.silent("refused"),
                0,
                builder -> builder.timeouts(Timeouts.defaults().withPatience(Duration.ZERO)));
    }

    Forwarder forwarder() {
        return forwarder;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    ForwardResponse send(ForwardRequest request) throws Exception {
        return forwarder.execute(request).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** The status of a response, or of why there is none. */
    int status(ForwardRequest request) throws Exception {
        try {
            ForwardResponse response = send(request);
            text(response);
            return response.status();
        } catch (ExecutionException e) {
            return ((ForwarderException) e.getCause()).status();
        }
    }

    String text(ForwardResponse response) throws Exception {
        return response.body(BodySubscribers.ofString(UTF_8))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** The ledger once nothing is inside any more. */
    Status.Requests requestsAtRest() {
        await().until(() ->
                forwarder.inside() == 0 && orchestrator.status().requests().open() == 0);
        return orchestrator.status().requests();
    }

    @Override
    public void close() {
        forwarder.close();
        orchestrator.close();
    }

    /** Answers each request with its own body, and its first line in a field. */
    static void echo(Wire wire) throws Exception {
        while (true) {
            String head = wire.head();
            String length = head.replaceAll("(?s).*Content-Length: (\\d+).*|.*", "$1");
            byte[] body = wire.in().readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
            wire.send("HTTP/1.1 200 OK\r\nX-First-Line: "
                    + head.lines().findFirst().orElseThrow() + "\r\nContent-Length: " + body.length + "\r\n\r\n");
            wire.send(body);
        }
    }
}
