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
import java.util.Collections;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code up --runtime swarm --listeners many} in the networks of two nodes, and what becomes of it when things break. */
@Tag("once")
@Timeout(240)
@ExtendWith(OnSampleSwarm.class)
class ListenersOnSwarmIT {

    private static final String TOKEN = "for-this-test";
    private static final Pattern ENDPOINT = Pattern.compile("\"endpoint\":\"([\\d.]+):(\\d+)\"");
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String name = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Host> hosts = new ArrayList<>();
    private final List<Launched> launched = new ArrayList<>();

    @AfterEach
    void end() {
        launched.forEach(Launched::close);
    }

    @Test
    void replicasAreSpreadServedInTurnAndOutliveTheListenerThatDecides() throws Exception {
        Host one = join("manager", TwoNodes.managerAddress());
        Host two = join("worker", TwoNodes.workerAddress());
        await().until(() -> one.says("ready") == 1 && two.says("ready") == 1);
        await("one leads, and the other says so").until(() -> refusals("/scale?replicas=1") == 1);

        order("/scale?replicas=8");
        await().until(() -> one.says("ready") == 8 && two.says("ready") == 8);
        assertThat(two.nodes()).containsExactlyInAnyOrder(TwoNodes.managerAddress(), TwoNodes.workerAddress());
        await("ten requests each")
                .until(() -> List.copyOf(two.answeredBy(80).values()).equals(Collections.nCopies(8, 10)));

        LoadRun throughOne = one.load();
        LoadRun throughTwo = two.load();
        order("/scale?replicas=3");
        await().until(() -> one.replicas() == 3 && two.replicas() == 3);
        assertThat(ended(throughOne).reasons()).isEmpty();
        assertThat(ended(throughTwo).reasons()).isEmpty();

        await().until(() -> one.part("leads") + two.part("leads") == 1);
        Host former = one.part("leads") == 1 ? one : two;
        Host next = former.equals(one) ? two : one;
        int term = former.part("term");
        LoadRun meanwhile = next.load();
        former.program.kill();
        hosts.remove(former);
        await().until(() -> next.part("leads") == 1);
        assertThat(next.part("term")).isGreaterThan(term);
        assertThat(next.says("target")).as("what was ordered holds").isEqualTo(3);
        assertThat(ended(meanwhile).reasons()).isEmpty();

        TwoNodes.freezeManager();
        try {
            await().until(() -> next.part("leads") == 0);
            assertThat(ended(next.load()).reasons()).as("no manager answers").isEmpty();
        } finally {
            TwoNodes.thawManager();
        }
        order("/scale?replicas=4");
        await().until(() -> next.says("ready") == 4);

        LoadRun across = next.load();
        TwoNodes.cut();
        try {
            assertThat(ended(across).reasons()).as("it reaches one node").isEmpty();
        } finally {
            TwoNodes.mend();
        }
        await().until(() -> next.says("ready") == 4 && next.replicas() == 4);
    }

    /** Whoever leads takes it. */
    private void order(String path) {
        await().until(() -> refusals(path) < hosts.size());
    }

    /** How many of the listeners do not take an order, because another one decides. */
    private int refusals(String path) throws Exception {
        int refusals = 0;
        for (Host each : hosts) {
            refusals += each.order(path) == 409 ? 1 : 0;
        }
        return refusals;
    }

    private Host join(String node, String address) throws IOException {
        List<String> up = new ArrayList<>(List.of("up", "--image", OnSampleSwarm.IMAGE, "--pull", "never"));
        up.addAll(List.of("--runtime", "swarm", "--listeners", "many", "--name", name, "--container-port", "8080"));
        up.addAll(List.of("--min", "1", "--max", "8", "--listen", address + ":8080", "--admin", address + ":9090"));
        Map<String, String> environment = Map.of("DOCKER_HOST", TwoNodes.manager(), "SYMPHONY_ADMIN_TOKEN", TOKEN);
        Launched program = Launched.through(TwoNodes.on(node), environment, up.toArray(String[]::new));
        launched.add(program);
        program.awaitLine("Listening on");
        Host host = new Host(program, address);
        hosts.add(host);
        return host;
    }

    private static LoadResult ended(LoadRun load) throws InterruptedException {
        assertThat(load.endsWithin(LONG)).isTrue();
        return load.result();
    }

    private static ConditionFactory await() {
        return await("");
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LONG).ignoreException(IOException.class);
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
