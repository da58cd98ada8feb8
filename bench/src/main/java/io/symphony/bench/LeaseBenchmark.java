package io.symphony.bench;

import io.symphony.Lease;
import io.symphony.Orchestrator;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.routing.RoutingPolicy;
import io.symphony.spi.HealthProbe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to be told which replica takes a request, and to say that the request has ended: a lease and its close,
 * through a whole orchestrator whose control side runs, over a pool that nobody has to start.
 *
 * <pre>
 * mvn -Pbench -q -DskipTests package
 * java -jar bench/target/benchmarks.jar LeaseBenchmark -prof gc
 * </pre>
 *
 * <p>The figure for eight threads is the time that one of them waits for one lease; the throughput of all of them is
 * eight over that, which {@code -bm thrpt} shows too. {@code gc.alloc.rate.norm} says how many bytes a lease takes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LeaseBenchmark {

    @Param({"2", "10"})
    public int replicas;

    @Param({"round-robin"})
    public String balance = "round-robin";

    @SuppressWarnings("NullAway.Init") // JMH calls start() first
    private Orchestrator orchestrator;

    @Setup
    public void start() throws InterruptedException {
        List<Endpoint> endpoints = IntStream.rangeClosed(1, replicas)
                .mapToObj(number -> Endpoint.local(20_000 + number))
                .toList();
        orchestrator = Orchestrator.of(ServiceSpec.backends("pool", endpoints))
                .balancing(rule())
                .probe(HealthProbe.none())
                .start();
        if (!orchestrator.awaitReady(replicas, Duration.ofSeconds(10))) {
            throw new IllegalStateException("not ready: " + orchestrator.status());
        }
    }

    private RoutingPolicy rule() {
        return switch (balance) {
            case "round-robin" -> RoutingPolicy.roundRobin();
            case "weighted" -> RoutingPolicy.weighted();
            case "least-connections" -> RoutingPolicy.leastConnections();
            case "two-choices" -> RoutingPolicy.twoChoices();
            case "hash" -> RoutingPolicy.hash();
            default -> throw new IllegalArgumentException("balance: " + balance);
        };
    }

    @TearDown
    public void close() {
        orchestrator.close();
    }

    @Benchmark
    @Threads(1)
    public Endpoint oneThread() {
        return leaseAndClose();
    }

    @Benchmark
    @Threads(8)
    public Endpoint eightThreads() {
        return leaseAndClose();
    }

    private Endpoint leaseAndClose() {
        try (Lease lease = orchestrator.lease()) {
            return lease.endpoint();
        }
    }
}
