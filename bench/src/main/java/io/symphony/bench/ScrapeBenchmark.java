package io.symphony.bench;

import io.symphony.Lease;
import io.symphony.Orchestrator;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.Listener;
import io.symphony.proxy.admin.Admin;
import io.symphony.spi.HealthProbe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it takes to be scraped: {@code GET /metrics} over a kept connection, until its last byte, while another thread
 * leases as fast as it can.
 *
 * <pre>
 * mvn -Pbench -q -DskipTests package
 * java -jar bench/target/benchmarks.jar ScrapeBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls start() first
public class ScrapeBenchmark {

    @Param({"10", "100"})
    public int replicas;

    private final HttpClient client = HttpClient.newHttpClient();
    private Orchestrator orchestrator;
    private Listener listener;
    private Admin admin;
    private HttpRequest scrape;

    @Setup
    public void start() throws IOException, InterruptedException {
        List<Endpoint> endpoints = IntStream.rangeClosed(1, replicas)
                .mapToObj(number -> Endpoint.local(20_000 + number))
                .toList();
        orchestrator = Orchestrator.of(ServiceSpec.backends("pool", endpoints))
                .probe(HealthProbe.none())
                .start();
        if (!orchestrator.awaitReady(replicas, Duration.ofSeconds(10))) {
            throw new IllegalStateException("not ready: " + orchestrator.status());
        }
        listener = Listener.forwarding(orchestrator).at("127.0.0.1", 0).start();
        admin = Admin.over(orchestrator, listener).at("127.0.0.1", 0).start();
        scrape = HttpRequest.newBuilder(url(admin.address(), "/metrics")).build();
        for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
            fill(method);
        }
    }

    /** Nobody answers there, which makes a series as good as any other. */
    private void fill(String method) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url(listener.address(), "/"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<Void> unused = client.send(request, HttpResponse.BodyHandlers.discarding());
    }

    private static URI url(InetSocketAddress at, String path) {
        return URI.create("http://127.0.0.1:" + at.getPort() + path);
    }

    @TearDown
    public void close() {
        admin.close();
        listener.close();
        orchestrator.close();
    }

    @Benchmark
    @Group("scrape")
    @GroupThreads(1)
    public String page() throws IOException, InterruptedException {
        return client.send(scrape, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Benchmark
    @Group("scrape")
    @GroupThreads(1)
    public Endpoint load() {
        try (Lease lease = orchestrator.lease()) {
            return lease.endpoint();
        }
    }
}
