package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} with the sample service as child processes. */
class UpIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final String name = "it-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 1_000_000;

    @AfterEach
    void leaveNothing() {
        Launched.replicasOf(name).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void everyMethodPassesWithItsBodyAndTheReplicasShareEvenly() throws Exception {
        try (Launched up = up(3, "stop")) {
            String url = up.awaitLine("Listening on (http://127.0.0.1:\\d+)");
            up.awaitLines(3, " ready ");

            for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")) {
                Map<String, Long> served =
                        EchoCalls.of(method, URI.create(url + "/echo?a=b")).send(1000, 20);

                LongSummaryStatistics counts =
                        served.values().stream().mapToLong(count -> count).summaryStatistics();
                assertThat(served).as(method).hasSize(3);
                assertThat(counts.getSum()).as(method).isEqualTo(1000);
                assertThat(counts.getMax() - counts.getMin())
                        .as(method + " " + served)
                        .isLessThanOrEqualTo(1);
            }

            assertThat(up.terminate().exitCode()).isZero();
            assertThat(up.output()).contains("7000 completed, 0 failed, 0 turned away");
            assertThat(Launched.replicasOf(name)).isEmpty();
        }
    }

    @Test
    void aKilledReplicaIsReplacedUnderLoad() throws Exception {
        try (Launched up = up(3, "stop")) {
            String url = up.awaitLine("Listening on (http://127.0.0.1:\\d+)");
            up.awaitLines(3, " ready ");
            LoadRun load = LoadRun.start(load(url, 300, Duration.ofSeconds(4)));

            await().until(() -> load.progress().total() > 100);
            Launched.replicasOf(name).get(0).destroyForcibly();
            up.awaitLine(" died .* ended by itself");
            up.awaitLines(4, " ready ");
            assertThat(load.endsWithin(Duration.ofSeconds(20))).isTrue();

            LoadResult result = load.result();
            System.out.println("SIGKILL of one of three replicas at 300 requests a second: " + result.failed() + " of "
                    + result.total() + " requests failed " + result.reasons());
            assertThat(result.succeeded()).isGreaterThan(result.total() * 98 / 100);
            assertThat(up.terminate().exitCode()).isZero();
            assertThat(Launched.replicasOf(name)).isEmpty();
        }
    }

    @Test
    void replicasThatAreLeftAreTakenOverByTheNextStart() throws Exception {
        List<Long> first = new ArrayList<>();
        try (Launched up = up(2, "leave")) {
            up.awaitLines(2, " ready ");
            Launched.replicasOf(name).forEach(replica -> first.add(replica.pid()));

            assertThat(up.terminate().exitCode()).isZero();
            assertThat(up.output()).contains("Left running: " + name + "-1 at 127.0.0.1:");
            assertThat(first).hasSize(2);
        }
        try (Launched up = up(2, "stop")) {
            up.awaitLines(2, " ready ");

            assertThat(up.output()).contains("taken over at");
            assertThat(Launched.replicasOf(name)).extracting(ProcessHandle::pid).containsExactlyElementsOf(first);
            assertThat(up.terminate().exitCode()).isZero();
            assertThat(Launched.replicasOf(name)).isEmpty();
        }
    }

    @Test
    void aPoolOfSomebodyElseIsBalancedOver() throws Exception {
        try (Launched one = Launched.program("sample", "--port", "0");
                Launched two = Launched.program("sample", "--port", "0")) {
            String pool = one.awaitLine("http://(\\S+)") + "," + two.awaitLine("http://(\\S+)");
            try (Launched up = Launched.program("up", "--backends", pool, "--listen", "127.0.0.1:0")) {
                String url = up.awaitLine("Listening on (http://127.0.0.1:\\d+).* over 2 backends");
                up.awaitLines(2, " ready ");

                Map<String, Long> served =
                        EchoCalls.of("GET", URI.create(url + "/echo")).send(100, 5);
                assertThat(served.values()).containsExactly(50L, 50L);
                assertThat(up.terminate().exitCode()).isZero();
            }
            assertThat(one.terminate().exitCode()).isZero();
        }
    }

    @Test
    void theSameHeaderValueReachesTheSameReplicaAndEachRequestIsWrittenDown() throws Exception {
        try (Launched one = Launched.program("sample", "--port", "0");
                Launched two = Launched.program("sample", "--port", "0")) {
            String pool = one.awaitLine("http://(\\S+)") + "," + two.awaitLine("http://(\\S+)");
            Path log = folder.resolve("access.log");
            try (Launched up = Launched.program(
                    Map.of("SYMPHONY_ACCESS_LOG_FORMAT", "common"),
                    "up",
                    "--backends",
                    pool,
                    "--listen",
                    "127.0.0.1:0",
                    "--balance",
                    "hash:X-User",
                    "--access-log",
                    log.toString())) {
                String url = up.awaitLine("Listening on (http://127.0.0.1:\\d+).*");
                up.awaitLines(2, " ready ");

                Map<String, Set<String>> homes = new TreeMap<>();
                for (int i = 0; i < 60; i++) {
                    String user = "user-" + i % 20;
                    homes.computeIfAbsent(user, unused -> new TreeSet<>()).add(hostFor(url, user));
                }
                assertThat(homes.values()).allMatch(hosts -> hosts.size() == 1);
                assertThat(new HashSet<>(homes.values())).hasSize(2);
                assertThat(up.terminate().exitCode()).isZero();
            }
            assertThat(Files.readAllLines(log))
                    .hasSize(60)
                    .allMatch(line -> line.matches("127\\.0\\.0\\.1 - - \\[.*] \"GET /host HTTP/1.1\" 200 \\d+"));
        }
    }

    private static String hostFor(String url, String user) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/host"))
                .header("X-User", user)
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private Launched up(int replicas, String onExit) throws Exception {
        String number = Integer.toString(replicas);
        return Launched.program(
                Map.of("SYMPHONY_NAME", name, "SYMPHONY_POLICY", "fixed"),
                "up",
                "--process",
                Launched.sampleCommand(),
                "--min",
                number,
                "--max",
                number,
                "--listen",
                "127.0.0.1:0",
                "--on-exit",
                onExit);
    }

    private static LoadPlan load(String url, double perSecond, Duration length) {
        Request request = Request.of("GET", URI.create(url + "/"), List.of(), "");
        Schedule schedule = Schedule.evenly(perSecond, Long.MAX_VALUE);
        return new LoadPlan(request, schedule, 32, 1, length, Duration.ofSeconds(10));
    }
}
