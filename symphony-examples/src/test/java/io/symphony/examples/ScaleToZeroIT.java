package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.Lease;
import io.symphony.Orchestrator;
import io.symphony.fleet.ServiceSpec;
import io.symphony.proxy.HttpHealthProbe;
import io.symphony.spi.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that goes away when nobody asks, and comes back for 200 requests at once; with real processes. */
class ScaleToZeroIT {
    private static final int REQUESTS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name = "zero-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 1_000_000;

    @AfterEach
    void leaveNothing() {
        Launched.replicasOf(name).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void twoHundredRequestsThatFindNobodyAreAllAnswered() throws Exception {
        try (Launched up = up()) {
            URI url = URI.create(up.awaitLine("Listening on (http://127.0.0.1:\\d+)") + "/");
            up.awaitLines(1, " gone ");
            assertThat(Launched.replicasOf(name)).isEmpty();

            long begun = System.nanoTime();
            AtomicLong first = new AtomicLong(Long.MAX_VALUE);
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                answers.add(send(url).thenApply(status -> {
                    first.accumulateAndGet(System.nanoTime() - begun, Math::min);
                    return status;
                }));
            }
            all(answers);

            System.out.println("0 to 1 through the listener: the first of " + REQUESTS + " answers after "
                    + TimeUnit.NANOSECONDS.toMillis(first.get()) + " ms; the replica: "
                    + up.awaitLine("(\\S+-2: runs at .*)") + ", " + up.awaitLine("(\\S+-2: well .*)"));
            assertThat(answers).extracting(CompletableFuture::join).containsOnly(200);
            assertThat(up.terminate().exitCode()).isZero();
            assertThat(up.output()).contains(REQUESTS + " completed, 0 failed, 0 turned away, 0 given up");
        }
    }

    @Test
    void theyAreServedInTheOrderInWhichTheyCame() throws Exception {
        ServiceSpec spec = ServiceSpec.command(name, sampleCommand());
        try (HttpHealthProbe probe = HttpHealthProbe.at("/api/v1/_health");
                Orchestrator service = Orchestrator.of(spec)
                        .between(0, 1)
                        .zeroAfter(Duration.ofMillis(500))
                        .probe(probe)
                        .start()) {
            await().atMost(PATIENCE).until(() -> timesSeen(service, Event.Kind.GONE) == 1);

            long begun = System.nanoTime();
            AtomicLong leased = new AtomicLong(Long.MAX_VALUE);
            List<Integer> served = new CopyOnWriteArrayList<>();
            List<CompletableFuture<Long>> answers = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                int number = i;
                answers.add(service.leaseAsync(PATIENCE).toCompletableFuture().thenCompose(lease -> {
                    served.add(number);
                    leased.accumulateAndGet(System.nanoTime(), Math::min);
                    return visit(lease);
                }));
            }
            all(answers);

            long first =
                    answers.stream().mapToLong(CompletableFuture::join).min().orElseThrow();
            System.out.println("0 to 1 embedded: the first of " + REQUESTS + " leases after "
                    + TimeUnit.NANOSECONDS.toMillis(leased.get() - begun) + " ms, answered after "
                    + TimeUnit.NANOSECONDS.toMillis(first - begun) + " ms; the replica's own start took "
                    + startTime(service).toMillis() + " ms");
            assertThat(served).hasSize(REQUESTS).isSorted();
        }
    }

    private static CompletableFuture<Long> visit(Lease lease) {
        URI url = URI.create("http://" + lease.endpoint() + "/");
        return send(url).whenComplete((status, failure) -> lease.close()).thenApply(status -> {
            assertThat(status).isEqualTo(200);
            return System.nanoTime();
        });
    }

    private static CompletableFuture<Integer> send(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(PATIENCE).build();
        return CLIENT.sendAsync(request, HttpResponse.BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    private static void all(Collection<? extends CompletableFuture<?>> answers) throws Exception {
        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]))
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static long timesSeen(Orchestrator service, Event.Kind kind) {
        return service.events().stream().filter(event -> event.kind() == kind).count();
    }

    /** From the last start that was ordered until that replica was well. */
    private static Duration startTime(Orchestrator service) {
        return Duration.between(last(service, Event.Kind.STARTING), last(service, Event.Kind.READY));
    }

    private static Instant last(Orchestrator service, Event.Kind kind) {
        return service.events().stream()
                .filter(event -> event.kind() == kind)
                .map(Event::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private Launched up() throws Exception {
        return Launched.program(
                Map.of("SYMPHONY_NAME", name, "SYMPHONY_ZERO_AFTER", "500ms"),
                "up",
                "--process",
                Launched.sampleCommand(),
                "--min",
                "0",
                "--max",
                "1",
                "--listen",
                "127.0.0.1:0",
                "--on-exit",
                "stop");
    }

    private static String[] sampleCommand() {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx48m",
            "-cp",
            System.getProperty("java.class.path"),
            "io.symphony.examples.sample.SampleService"
        };
    }
}
