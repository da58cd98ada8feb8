package io.symphony.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.sun.net.httpserver.HttpExchange;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Death;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How deaths are found on a daemon whose stream of events behaves as the test says. */
class WatchTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CUT = "cut";

    private final ReplicaId one = new ReplicaId("acts", 1);
    private final ReplicaId two = new ReplicaId("acts", 2);
    private final Queue<Death> deaths = new ConcurrentLinkedQueue<>();

    /** What the stream of events says next. */
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private FakeDaemon fake;

    @BeforeEach
    void begin() throws IOException {
        fake = FakeDaemon.speaking("1.44", "1.52");
        fake.on("GET /events", this::stream);
    }

    @AfterEach
    void end() {
        fake.close();
    }

    @Test
    void anEventTellsOfADeathWithItsExitCode() throws Exception {
        try (DockerRuntime runtime = runtime(Duration.ofMinutes(5))) {
            runtime.watch("acts", deaths::add);

            lines.add(event("die", "c1", one, "exitCode", "3"));

            awaitDeaths(1);
            assertThat(deaths).containsExactly(new Death(one, "exit code 3"));
        }
    }

    /** Engine 29 says nothing in status, id and from any more; an older one says it twice. */
    @Test
    void whatIsSaidTwiceOrIsNotOursIsToldOnceOrNever() throws Exception {
        try (DockerRuntime runtime = runtime(Duration.ofMinutes(5))) {
            runtime.watch("acts", deaths::add);

            lines.add(event("die", "c1", one, "exitCode", "3"));
            lines.add(event("destroy", "c1", one, "image", "acts:1"));
            lines.add(event("die", "c9", new ReplicaId("other", 1), "exitCode", "3"));
            lines.add("{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"c8\",\"Attributes\":{}}}");
            lines.add("{\"Type\":\"container\",\"Action\":\"pause\"}");
            lines.add(event("health_status: unhealthy", "c7", new ReplicaId("acts", 7), "image", "acts:1"));
            lines.add(event("die", "c2", two, "exitCode", "4"));

            awaitDeaths(2);
            assertThat(deaths).extracting(Death::id).containsExactlyInAnyOrder(one, two);
        }
    }

    @Test
    void aKillIsADeathAtOnceAndAnotherSignalIsNone() throws Exception {
        try (DockerRuntime runtime = runtime(Duration.ofMinutes(5))) {
            runtime.watch("acts", deaths::add);

            lines.add(event("kill", "c1", one, "signal", "15"));
            lines.add(event("kill", "c2", two, "signal", "9"));
            lines.add(event("die", "c2", two, "exitCode", "137"));

            awaitDeaths(1);
            assertThat(deaths).containsExactly(new Death(two, "exit code 137, killed"));
        }
    }

    /** The daemon holds back all details until it has cleared up after a container. */
    @Test
    void theDeathOfOneThatWasKilledIsToldBeforeItsDetailsAreKnown() throws Exception {
        fake.hangOn("GET /containers/c1/json");
        Reach reach = new Reach.Published("127.0.0.1", 80);
        try (Daemon daemon = new Daemon(DaemonAddress.of(fake.host()), Optional.empty(), Duration.ofSeconds(20))) {
            Containers containers = new Containers(daemon, new Recipe(ContainerOptions.secure(), reach), reach);
            Strangers none = new Strangers(containers, Optional.empty());
            try (Deaths told = new Deaths(containers, new Obituary(containers, new Output(daemon)), none)) {
                told.watch("acts", deaths::add);
                told.runs("c1", one);

                told.happened(new Event()
                        .withAction("die")
                        .withEventActor(new EventActor()
                                .withId("c1")
                                .withAttributes(Map.of(
                                        Labels.SERVICE,
                                        "acts",
                                        Labels.REPLICA,
                                        "acts-1",
                                        Labels.SCHEMA,
                                        "1",
                                        "exitCode",
                                        "137"))));

                assertThat(deaths).containsExactly(new Death(one, "exit code 137, killed"));
            }
        }
    }

    @Test
    void aListenerThatThrowsHearsTheNextDeath() throws Exception {
        try (DockerRuntime runtime = runtime(Duration.ofMinutes(5))) {
            runtime.watch("acts", death -> {
                deaths.add(death);
                throw new IllegalStateException("listener");
            });

            lines.add(event("die", "c1", one, "exitCode", "3"));
            lines.add(event("die", "c2", two, "exitCode", "3"));

            awaitDeaths(2);
        }
    }

    @Test
    void aDeathWhileTheStreamWasCutIsFoundByLooking() throws Exception {
        runs("c1", one);
        try (DockerRuntime runtime = runtime(Duration.ofMinutes(5))) {
            runtime.watch("acts", deaths::add);
            awaitLook();

            nothingRuns();
            lines.add(CUT);

            awaitDeaths(1);
            assertThat(deaths).extracting(Death::id).containsOnly(one);
            lines.add(event("die", "c2", two, "exitCode", "3"));
            awaitDeaths(2);
        }
    }

    @Test
    void aDeathThatASilentStreamDoesNotTellIsFoundByLooking() throws Exception {
        runs("c1", one);
        try (DockerRuntime runtime = runtime(Duration.ofMillis(50))) {
            runtime.watch("acts", deaths::add);
            awaitLook();

            nothingRuns();

            awaitDeaths(1);
            await().atMost(PATIENCE).until(() -> streams() >= 2);
        }
    }

    /** No news is what a stream of events mostly has, so no timeout of a call may end it. */
    @Test
    void aStreamThatIsSilentForLongerThanACallMayTakeGoesOn() throws Exception {
        Duration limit = Duration.ofSeconds(2);
        try (DockerRuntime runtime = DockerRuntime.builder()
                .host(fake.host())
                .callTimeout(limit)
                .lookEvery(limit.dividedBy(4))
                .build()) {
            runtime.watch("acts", deaths::add);

            await().atMost(PATIENCE).until(() -> looks() > 6);

            assertThat(streams()).isEqualTo(1);
        }
    }

    @Test
    void aDaemonThatComesLaterIsWatchedThen() throws Exception {
        fake.on("GET /events", 500, "{\"message\":\"not yet\"}");
        try (DockerRuntime runtime = runtime(Duration.ofMinutes(5))) {
            runtime.watch("acts", deaths::add);
            fake.on("GET /events", this::stream);

            lines.add(event("die", "c1", one, "exitCode", "3"));

            awaitDeaths(1);
        }
    }

    @Test
    void afterTheEndOfTheRuntimeNobodyAsksForEvents() throws Exception {
        DockerRuntime runtime = runtime(Duration.ofMinutes(5));
        runtime.watch("acts", deaths::add);
        await().atMost(PATIENCE).until(() -> streams() == 1);

        runtime.close();

        await().atMost(PATIENCE)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("symphony-docker-events")));
        assertThat(streams()).isEqualTo(1);
    }

    @Test
    void thePauseBeforeTheNextTryGrowsAndIsBounded() {
        assertThat(EventFeed.pauseMillis(0)).isBetween(50L, 100L);
        assertThat(EventFeed.pauseMillis(3)).isBetween(400L, 800L);
        assertThat(EventFeed.pauseMillis(1_000)).isBetween(2_500L, 5_000L);
    }

    private DockerRuntime runtime(Duration lookEvery) {
        return DockerRuntime.builder().host(fake.host()).lookEvery(lookEvery).build();
    }

    private void awaitDeaths(int number) {
        await().atMost(PATIENCE).until(() -> deaths.size() == number);
    }

    /** Until the runtime has been told what runs. */
    private void awaitLook() {
        await().atMost(PATIENCE).until(() -> fake.answered().contains("GET /v1.44/containers/json"));
    }

    private long looks() {
        return fake.answered().stream()
                .filter(each -> each.endsWith("/containers/json"))
                .count();
    }

    private long streams() {
        return fake.asked().stream().filter(each -> each.endsWith("/events")).count();
    }

    private void runs(String container, ReplicaId id) {
        fake.on("GET /containers/json", 200, "[" + Listed.running(container, id) + "]");
    }

    private void nothingRuns() {
        fake.on("GET /containers/json", 200, "[]");
    }

    private static String event(String action, String container, ReplicaId id, String key, String value) {
        return "{\"Type\":\"container\",\"Action\":\"" + action + "\",\"Actor\":{\"ID\":\"" + container
                + "\",\"Attributes\":{" + Listed.labels(id) + ",\"" + key + "\":\"" + value + "\"}},\"time\":1}";
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            for (String line = lines.take(); !line.equals(CUT); line = lines.take()) {
                out.write((line + "\n").getBytes(UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
