package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import io.symphony.testing.OnNginx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code up} with a real nginx of ours before the sample service. */
@Tag("once")
@ExtendWith(OnNginx.class)
@Timeout(180)
class NginxIT {

    private final String name = "it-nginx-" + ProcessHandle.current().pid() + "-" + System.nanoTime() % 1_000_000;

    @AfterEach
    void leaveNothing() {
        Launched.replicasOf(name).forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void itScalesUpAndDownBehindNginxAndReplacesWhatIsKilledWithoutAFailedRequest() throws Exception {
        try (Launched up = up(
                "--min",
                "2",
                "--max",
                "4",
                "--policy",
                "rps",
                "--target",
                "20",
                "--window",
                "3s",
                "--stabilisation",
                "0s")) {
            String url = up.awaitLine("nginx is listening on (http://127.0.0.1:\\d+)");
            up.awaitLines(2, " ready ");
            awaitAnswer(url);

            LoadRun load = load(url, 70, Duration.ofSeconds(8));
            up.awaitLine(" scaled .* 2 -> [34]: .* requests a second");
            up.awaitLines(3, " ready ");
            Launched.replicasOf(name).get(0).destroyForcibly();
            up.awaitLine(" died .* ended by itself");
            assertThat(load.endsWithin(Duration.ofSeconds(60))).isTrue();
            up.awaitLine(" scaled .* [34] -> 2: ");
            up.awaitLine(" gone ");

            System.out.println("nginx, up and down, and a SIGKILL at 70 requests a second: "
                    + load.result().failed() + " of " + load.result().total() + " requests failed "
                    + load.result().reasons());
            assertThat(load.result().failed()).isZero();
            assertThat(up.terminate().exitCode()).isZero();
            assertThat(Launched.replicasOf(name)).isEmpty();
        }
    }

    @Test
    void theReplicasOwnCountersScaleIt() throws Exception {
        try (Launched up = up(
                "--min",
                "1",
                "--max",
                "3",
                "--policy",
                "rps",
                "--target",
                "20",
                "--window",
                "3s",
                "--count-from",
                "metrics",
                "--metrics-counter",
                "sample_requests_total")) {
            String url = up.awaitLine("nginx is listening on (http://127.0.0.1:\\d+)");
            up.awaitLine(" ready ");
            awaitAnswer(url);

            LoadRun load = load(url, 50, Duration.ofSeconds(6));
            up.awaitLine(" scaled .* 1 -> [23]: .* requests a second");
            assertThat(load.endsWithin(Duration.ofSeconds(60))).isTrue();

            assertThat(load.result().failed()).isZero();
            assertThat(up.terminate().exitCode()).isZero();
        }
    }

    @Test
    void afterOurOwnDeathTheNextStartTakesOverNginxAndTheReplicas() throws Exception {
        String port;
        try (Launched up = up("--min", "2", "--max", "2")) {
            String url = up.awaitLine("nginx is listening on (http://127.0.0.1:\\d+)");
            up.awaitLines(2, " ready ");
            awaitAnswer(url);
            port = url.substring(url.lastIndexOf(':') + 1);
            LoadRun load = load(url, 50, Duration.ofSeconds(10));
            await().until(() -> load.progress().total() > 50);

            up.kill();
            try (Launched next = up("--min", "2", "--max", "2", "--listen", "127.0.0.1:" + port)) {
                next.awaitLines(2, " adopted ");
                assertThat(load.endsWithin(Duration.ofSeconds(60))).isTrue();
                assertThat(load.result().failed()).isZero();
                assertThat(next.terminate().exitCode()).isZero();
            }
        }
    }

    private Launched up(String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "up", "--process", Launched.sampleCommand(), "--name", name, "--proxy", "nginx", "--on-exit", "stop"));
        if (!List.of(more).contains("--listen")) {
            words.addAll(List.of("--listen", "127.0.0.1:0"));
        }
        words.addAll(List.of(more));
        return Launched.program(words.toArray(String[]::new));
    }

    private static LoadRun load(String url, double perSecond, Duration length) throws IOException {
        Request request = Request.of("GET", URI.create(url + "/host"), List.of(), "");
        Schedule schedule = Schedule.evenly(perSecond, Long.MAX_VALUE);
        return LoadRun.start(new LoadPlan(request, schedule, 32, 1, length, Duration.ofSeconds(10)));
    }

    /** nginx hears of the first replicas a moment after they serve. */
    private static void awaitAnswer(String url) {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/host")).build();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode()
                        == 200);
    }
}
