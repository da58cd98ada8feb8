package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.docker.TwoNodes;
import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code up --runtime swarm --listeners many} in the networks of two nodes, and what becomes of it when things break. */
@Timeout(240)
@ExtendWith(OnSampleSwarm.class)
class ListenersOnSwarmIT {

    private static final String TOKEN = "for-this-test";
    private static final Pattern ENDPOINT = Pattern.compile("\"endpoint\":\"([\\d.]+):(\\d+)\"");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Launched> launched = new ArrayList<>();

    @AfterEach
    void end() {
        launched.forEach(Launched::close);
    }

    @Test
    void replicasAreSpreadServedInTurnAndOutliveTheListenerThatDecides() throws Exception {
        Host one = join("manager", TwoNodes.managerAddress());
        await().until(() -> one.says("ready") == 1);
        Host two = join("worker", TwoNodes.workerAddress());
        await().until(() -> two.says("ready") == 1);
        assertThat(one.part("leads")).isEqualTo(1);
        assertThat(two.part("leads")).isZero();
        assertThat(two.order("/scale?replicas=2")).as("it says who decides").isEqualTo(409);

        assertThat(one.order("/scale?replicas=8")).isEqualTo(200);
        await().until(() -> one.says("ready") == 8 && two.says("ready") == 8);
        assertThat(two.nodes()).containsExactlyInAnyOrder(TwoNodes.managerAddress(), TwoNodes.workerAddress());
        assertThat(two.answeredBy(80).values()).hasSize(8).containsOnly(10);

        LoadRun throughOne = one.load();
        LoadRun throughTwo = two.load();
        assertThat(one.order("/scale?replicas=3")).isEqualTo(200);
        await().until(() -> one.replicas() == 3 && two.replicas() == 3);
        assertThat(ended(throughOne).reasons()).isEmpty();
        assertThat(ended(throughTwo).reasons()).isEmpty();

        LoadRun meanwhile = two.load();
        one.program.kill();
        await().until(() -> two.part("leads") == 1);
        assertThat(two.part("term")).isEqualTo(2);
        assertThat(two.says("target")).as("what was ordered holds").isEqualTo(3);
        assertThat(two.replicas()).isEqualTo(3);
        assertThat(ended(meanwhile).reasons()).isEmpty();

        TwoNodes.freezeManager();
        try {
            await().until(() -> two.part("leads") == 0);
            assertThat(ended(two.load()).reasons()).as("no manager answers").isEmpty();
        } finally {
            TwoNodes.thawManager();
        }
        await().until(() -> two.part("leads") == 1);
        assertThat(two.order("/scale?replicas=4")).isEqualTo(200);
        await().until(() -> two.says("ready") == 4);

        LoadRun across = two.load();
        TwoNodes.cut();
        try {
            assertThat(ended(across).reasons()).as("it reaches one node").isEmpty();
        } finally {
            TwoNodes.mend();
        }
        await().until(() -> two.says("ready") == 4 && two.replicas() == 4);
    }

    private Host join(String node, String address) throws IOException {
        List<String> up = new ArrayList<>(List.of("up", "--image", OnSampleSwarm.IMAGE, "--pull", "never"));
        up.addAll(List.of("--runtime", "swarm", "--listeners", "many", "--name", name, "--container-port", "8080"));
        up.addAll(List.of("--min", "1", "--max", "8", "--listen", address + ":8080", "--admin", address + ":9090"));
        Map<String, String> environment = Map.of("DOCKER_HOST", TwoNodes.manager(), "SYMPHONY_ADMIN_TOKEN", TOKEN);
        Launched program = Launched.through(TwoNodes.on(node), environment, up.toArray(String[]::new));
        launched.add(program);
        program.awaitLine("Listening on");
        return new Host(program, address);
    }

    private static LoadResult ended(LoadRun load) throws InterruptedException {
        assertThat(load.endsWithin(LONG)).isTrue();
        return load.result();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LONG).ignoreException(IOException.class);
    }

    /** One listener and its admin listener. */
    private final class Host {

        private final Launched program;
        private final String address;

        Host(Launched program, String address) {
            this.program = program;
            this.address = address;
        }

        /** A number of its status. */
        int says(String field) throws Exception {
            return number("\"" + field + "\":(\\d+)", admin("/status"));
        }

        /** A number of its part among the listeners. */
        int part(String field) throws Exception {
            return number("symphony_listener_" + field + " (\\d+)", admin("/ensemble"));
        }

        int replicas() throws Exception {
            return (int) ENDPOINT.matcher(admin("/status")).results().count();
        }

        /** Where its replicas are. */
        Set<String> nodes() throws Exception {
            return ENDPOINT.matcher(admin("/status"))
                    .results()
                    .map(each -> each.group(1))
                    .collect(Collectors.toSet());
        }

        /** How many requests each replica answered, one after the other. */
        Map<String, Integer> answeredBy(int requests) throws Exception {
            Map<String, Integer> count = new HashMap<>();
            for (int number = 0; number < requests; number++) {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(url() + "/host")).build();
                count.merge(client.send(request, BodyHandlers.ofString()).body(), 1, Integer::sum);
            }
            return count;
        }

        /** Some seconds of requests that take a while each. */
        LoadRun load() throws Exception {
            Request request = Request.of("GET", URI.create(url() + "/slow?ms=50"), List.of(), "");
            Schedule schedule = Schedule.evenly(50, Long.MAX_VALUE);
            return LoadRun.start(new LoadPlan(request, schedule, 16, 1, Duration.ofSeconds(3), LONG));
        }

        int order(String path) throws Exception {
            HttpRequest request = asked(path).POST(BodyPublishers.noBody()).build();
            return client.send(request, BodyHandlers.ofString()).statusCode();
        }

        private String admin(String path) throws Exception {
            return client.send(asked(path).build(), BodyHandlers.ofString()).body();
        }

        private HttpRequest.Builder asked(String path) {
            return HttpRequest.newBuilder(URI.create("http://" + address + ":9090" + path))
                    .header("Authorization", "Bearer " + TOKEN);
        }

        private String url() {
            return "http://" + address + ":8080";
        }

        private int number(String pattern, String text) throws IOException {
            Matcher found = Pattern.compile(pattern).matcher(text);
            if (!found.find()) {
                throw new IOException(pattern + " is not in " + text + "\n" + program.output());
            }
            return Integer.parseInt(found.group(1));
        }
    }
}
