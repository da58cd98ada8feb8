package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.HealthProbe;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;

/**
 * Asks a replica for one path over HTTP: any 2xx is well, any other answer unwell, no answer silent.
 *
 * <p>Each check opens a connection of its own. A connection that was kept proves only that the replica still reads old
 * ones, and a replica that closes its idle connections between two checks would look dead.
 *
 * <pre>{@code
 * try (HttpHealthProbe probe = HttpHealthProbe.at("/api/v1/_health")) {
 *     probe.probe(Endpoint.local(8081), Duration.ofSeconds(1)).thenAccept(System.out::println);
 * }
 * }</pre>
 */
public final class HttpHealthProbe implements HealthProbe, AutoCloseable {

    private final String path;
    private final CloseableHttpAsyncClient client;

    private HttpHealthProbe(String path) {
        this.path = path;
        this.client = ProbeClient.started();
    }

    /** A probe that asks for this path, which may have a query. */
    public static HttpHealthProbe at(String path) {
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new IllegalArgumentException("path: '" + path + "' (expected: / and visible ASCII)");
        }
        return new HttpHealthProbe(path);
    }

    @Override
    public CompletionStage<ProbeResult> probe(Endpoint endpoint, Duration timeout) {
        CompletableFuture<ProbeResult> result = new CompletableFuture<>();
        Future<?> exchange = send(endpoint, result);
        return result.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(thrown -> ProbeResult.silent(ProbeClient.whatHappened(thrown, timeout)))
                .whenComplete((found, never) -> exchange.cancel(true));
    }

    @Override
    public void close() {
        ProbeClient.close(client);
    }

    private Future<?> send(Endpoint endpoint, CompletableFuture<ProbeResult> result) {
        SimpleHttpRequest request = SimpleRequestBuilder.get()
                .setHttpHost(new HttpHost("http", endpoint.host(), endpoint.port()))
                .setPath(path)
                .build();
        try {
            return client.execute(
                    SimpleRequestProducer.create(request),
                    new BasicResponseConsumer<>(new DiscardingEntityConsumer<Void>()),
                    new ProbeAnswer(result));
        } catch (IllegalStateException closed) {
            result.completeExceptionally(closed);
            return result;
        }
    }
}
