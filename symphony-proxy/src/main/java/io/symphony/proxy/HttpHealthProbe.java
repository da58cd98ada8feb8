package io.symphony.proxy;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.HealthProbe;
import io.symphony.spi.ProbeResult;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseConsumer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(HttpHealthProbe.class);

    /** Longer than any deadline of a probe; it only frees what a deadline that never ran would leave behind. */
    private static final Timeout LAST_RESORT = Timeout.ofMinutes(5);

    private static final TimeValue LET_GO = TimeValue.ofSeconds(1);

    private final String path;
    private final CloseableHttpAsyncClient client;

    private HttpHealthProbe(String path) {
        this.path = path;
        this.client = newClient();
        client.start();
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
                .exceptionally(thrown -> ProbeResult.silent(whatHappened(thrown, timeout)))
                .whenComplete((found, never) -> exchange.cancel(true));
    }

    /** The reactor is let go by itself first: closed under its feet, it logs an error of its own (HttpCore 5.4). */
    @Override
    public void close() {
        client.initiateShutdown();
        try {
            client.awaitShutdown(LET_GO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close(CloseMode.IMMEDIATE);
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

    private static String whatHappened(Throwable thrown, Duration timeout) {
        if (thrown instanceof TimeoutException) {
            return "no answer within " + timeout.toMillis() + " ms";
        }
        if (thrown instanceof ConnectException) {
            return "connection refused";
        }
        if (thrown instanceof UnknownHostException || thrown instanceof UnresolvedAddressException) {
            return "host not found";
        }
        String message = thrown.getMessage();
        return message == null ? thrown.getClass().getSimpleName() : message;
    }

    private static CloseableHttpAsyncClient newClient() {
        return HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                        .setMaxConnPerRoute(64)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(LAST_RESORT)
                                .setSocketTimeout(LAST_RESORT)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(LAST_RESORT)
                        .setResponseTimeout(LAST_RESORT)
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setThreadFactory(new ProbeThreads())
                .setIoReactorExceptionCallback(fault -> LOG.debug("A probe's connection", fault))
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("symphony-probe")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }
}
