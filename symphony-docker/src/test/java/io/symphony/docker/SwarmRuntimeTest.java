package io.symphony.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime.Death;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas on a swarm whose manager says what a test has it say. */
class SwarmRuntimeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOTHING = "[]";
    private static final String READY = "{\"State\":\"ready\",\"Addr\":\"10.0.0.7\"}";
    private static final String DOWN = "{\"State\":\"down\",\"Addr\":\"10.0.0.7\"}";

    private final ReplicaId one = new ReplicaId("acts", 1);
    private final ServiceSpec spec = ServiceSpec.image("acts", "acts:1");
    private final List<String> created = new CopyOnWriteArrayList<>();
    private FakeDaemon fake;
    private SwarmRuntime runtime;

    /** A manager on which a start works. */
    @BeforeEach
    void begin() throws IOException {
        fake = FakeDaemon.speaking("1.24", "1.44");
        runtime = DockerRuntime.builder().host(fake.host()).basePort(8_000).buildOnSwarm(Duration.ofSeconds(7));
        fake.on("GET /images/acts:1/json", 200, "{\"Id\":\"sha256:1\"}");
        fake.on("GET /services", 200, NOTHING);
        nodeIs(READY);
        fake.on("POST /services/create", exchange -> {
            created.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            serves(8_000);
            taskIs("running", "running", "");
            FakeDaemon.reply(exchange, 201, "{\"ID\":\"s1\"}");
        });
    }

    @AfterEach
    void end() {
        runtime.close();
        fake.close();
    }

    @Test
    void aReplicaIsReachedOnAPortOfItsNode() throws Exception {
        assertThat(runtime.start(one, spec)).isEqualTo(new Endpoint("10.0.0.7", 8_000));

        assertThat(runtime.list("acts")).containsExactly(new Sighting(one, new Endpoint("10.0.0.7", 8_000), "abcd"));
    }

    @Test
    void itsServiceIsOneTaskThatSwarmNeverRestarts() throws Exception {
        runtime.start(one, spec);

        assertThat(created.get(0))
                .contains("\"Name\":\"symphony-acts-1\"", "\"Replicated\":{\"Replicas\":1}", "\"Condition\":\"none\"")
                .contains("\"Image\":\"sha256:1\"", "\"StopGracePeriod\":7000000000", "\"PublishMode\":\"host\"");
    }

    @Test
    void itIsConfinedAsAContainerIs() throws Exception {
        runtime.start(one, spec);

        assertThat(created.get(0))
                .contains("\"ReadOnly\":true", "\"CapabilityDrop\":[\"ALL\"]", "\"NoNewPrivileges\":true")
                .contains("\"Pids\":4096", "\"Target\":\"/tmp\"");
    }

    /** A node has the image, or fetches just that one: a tag may mean another by then. */
    @Test
    void anImageFromARegistryIsNamedByItsDigest() throws Exception {
        fake.on("GET /images/acts:1/json", 200, "{\"Id\":\"sha256:1\",\"RepoDigests\":[\"acts@sha256:2\"]}");

        runtime.start(one, spec);

        assertThat(created.get(0)).contains("\"Image\":\"acts@sha256:2\"");
    }

    @Test
    void aPortThatEachNodeHasGivenIsFollowedByTheNext() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        fake.on("DELETE /services/s1", 200, "");
        fake.on("POST /services/create", exchange -> {
            boolean first = tries.incrementAndGet() == 1;
            serves(first ? 8_000 : 8_001);
            if (first) {
                homelessBecause("no suitable node (host-mode port already in use on 2 nodes)");
            } else {
                taskIs("running", "running", "");
            }
            FakeDaemon.reply(exchange, 201, "{\"ID\":\"s1\"}");
        });

        assertThat(runtime.start(one, spec)).isEqualTo(new Endpoint("10.0.0.7", 8_001));
        assertThat(fake.asked()).contains("DELETE /v1.44/services/s1");
    }

    /** As of a dead one that Swarm believes alive for some 15 s more. */
    @Test
    void aNodeThatDoesNotTakeATaskIsAvoided() throws Exception {
        fake.on("DELETE /services/s1", 200, "");
        fake.on("POST /services/create", exchange -> {
            created.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            serves(8_000);
            taskIs(created.size() == 1 ? "assigned" : "running", "running", "");
            FakeDaemon.reply(exchange, 201, "{\"ID\":\"s1\"}");
        });

        assertThat(runtime.start(one, spec)).isEqualTo(new Endpoint("10.0.0.7", 8_000));
        assertThat(created.get(1)).contains("\"Constraints\":[\"node.id!=n1\"]");
    }

    @Test
    void aTaskThatCannotBeginFailsTheStartAndLeavesNoService() {
        fake.on("DELETE /services/s1", 200, "");
        fake.on("POST /services/create", exchange -> {
            serves(8_000);
            taskIs("rejected", "shutdown", "invalid mount config");
            FakeDaemon.reply(exchange, 201, "{\"ID\":\"s1\"}");
        });

        assertThatThrownBy(() -> runtime.start(one, spec))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessage("acts-1: its task could not begin: invalid mount config");
        assertThat(fake.asked()).contains("DELETE /v1.44/services/s1");
    }

    @Test
    void aNameThatSomebodyElseHasIsSaid() {
        fake.on("POST /services/create", 409, "{\"message\":\"name conflicts with an existing object\"}");

        assertThatThrownBy(() -> runtime.start(one, spec))
                .hasMessageStartingWith("acts-1: a service that is not ours has the name symphony-acts-1");
        assertThat(fake.asked()).noneMatch(each -> each.startsWith("DELETE"));
    }

    @Test
    void aServiceWithoutAllOfOurLabelsIsNotListed() throws Exception {
        fake.on("GET /services", 200, "[{\"ID\":\"s1\",\"Spec\":{\"Labels\":{\"io.symphony.service\":\"acts\"}}}]");
        taskIs("running", "running", "");

        assertThat(runtime.list("acts")).isEmpty();
    }

    @Test
    void whatIsOnANodeThatIsDownIsTold() throws Exception {
        runtime.start(one, spec);
        Queue<Death> deaths = watched();

        nodeIs(DOWN);

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths).containsExactly(new Death(one, "its node n-1 (10.0.0.7) is down"));
        assertThat(runtime.list("acts")).isEmpty();
    }

    /** The task still runs then: the sooner nobody is sent there, the better. */
    @Test
    void whatSwarmIsToldToEndIsToldAtOnce() throws Exception {
        runtime.start(one, spec);
        Queue<Death> deaths = watched();

        taskIs("running", "shutdown", "");

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths).containsExactly(new Death(one, "Swarm ends it, at somebody else's order"));
    }

    @Test
    void whatVanishesWithItsServiceIsTold() throws Exception {
        runtime.start(one, spec);
        Queue<Death> deaths = watched();
        int looks = looks();
        await().atMost(PATIENCE).until(() -> looks() > looks + 1);

        fake.on("GET /services", 200, NOTHING);

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths).containsExactly(new Death(one, "its service was removed by somebody else"));
    }

    @Test
    void aManagerThatIsAwayIsNoDeath() throws Exception {
        runtime.start(one, spec);
        Queue<Death> deaths = watched();
        fake.on("GET /services", 503, "{\"message\":\"The swarm does not have a leader.\"}");
        int looks = looks();
        await().atMost(PATIENCE).until(() -> looks() > looks + 1);

        serves(8_000);
        nodeIs(DOWN);

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths).extracting(Death::reason).containsExactly("its node n-1 (10.0.0.7) is down");
    }

    @Test
    void aStaleUpdateIsMadeAgainAfterAFreshRead() throws Exception {
        runtime.start(one, spec);
        AtomicInteger updates = new AtomicInteger();
        fake.on("GET /services/s1", 200, service(8_000));
        fake.on("DELETE /services/s1", 200, "");
        fake.on("POST /services/s1/update", exchange -> {
            boolean stale = updates.incrementAndGet() == 1;
            taskIs(stale ? "running" : "shutdown", "shutdown", "");
            FakeDaemon.reply(exchange, stale ? 500 : 200, "{\"message\":\"rpc error: update out of sequence\"}");
        });

        runtime.stop(one, PATIENCE);

        assertThat(updates).hasValue(2);
        assertThat(fake.asked().stream().filter("GET /v1.44/services/s1"::equals))
                .hasSize(2);
        assertThat(fake.asked()).contains("DELETE /v1.44/services/s1");
    }

    @Test
    void whatIsOnANodeThatIsDownIsNotWaitedFor() throws Exception {
        runtime.start(one, spec);
        nodeIs(DOWN);
        fake.on("DELETE /services/s1", 200, "");

        runtime.stop(one, Duration.ofDays(1));

        assertThat(fake.asked()).contains("DELETE /v1.44/services/s1").noneMatch(each -> each.contains("update"));
    }

    @Test
    void whatAManagerSaysOfLogsThatItCannotGetIsNoOutput() throws Exception {
        runtime.start(one, spec);
        fake.on("GET /services/s1/logs", exchange -> {
            byte[] lines = "its own words\nError grabbing logs: node n1 is not available\n".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[] {1, 0, 0, 0, 0, 0, 0, (byte) lines.length});
            exchange.getResponseBody().write(lines);
        });

        assertThat(runtime.lastOutput(one)).isEqualTo("its own words");
    }

    @Test
    void aManagerThatKnowsItsAddressOnlyAsAManagerIsReachedThere() throws Exception {
        fake.on(
                "GET /nodes",
                200,
                "[{\"ID\":\"n1\",\"Status\":{\"State\":\"ready\",\"Addr\":\"0.0.0.0\"},"
                        + "\"ManagerStatus\":{\"Leader\":true,\"Addr\":\"10.0.0.9:2377\"}}]");

        assertThat(runtime.start(one, spec)).isEqualTo(new Endpoint("10.0.0.9", 8_000));
    }

    @Test
    void whatASwarmCannotDoIsRefused() {
        DockerRuntimeBuilder linked =
                DockerRuntime.builder().options(ContainerOptions.secure().withLink("db"));

        assertThatThrownBy(() -> linked.buildOnSwarm(Duration.ZERO)).hasMessageStartingWith("link: [db:db] (expected");
        assertThatThrownBy(() -> DockerRuntime.builder().adopting("acts:1").buildOnSwarm(Duration.ZERO))
                .hasMessageContaining("only our own are taken over");
    }

    private Queue<Death> watched() throws RuntimeFailure {
        Queue<Death> deaths = new ConcurrentLinkedQueue<>();
        runtime.watch("acts", deaths::add);
        return deaths;
    }

    private int looks() {
        return (int)
                fake.answered().stream().filter("GET /v1.44/services"::equals).count();
    }

    private void serves(int port) {
        fake.on("GET /services", 200, "[" + service(port) + "]");
    }

    private static String service(int port) {
        return "{\"ID\":\"s1\",\"Version\":{\"Index\":5},\"Spec\":{\"Name\":\"symphony-acts-1\",\"Labels\":{"
                + "\"io.symphony.service\":\"acts\",\"io.symphony.replica\":\"acts-1\","
                + "\"io.symphony.version\":\"abcd\",\"io.symphony.schema\":\"1\"},"
                + "\"EndpointSpec\":{\"Ports\":[{\"TargetPort\":80,\"PublishedPort\":" + port + "}]}}}";
    }

    private void taskIs(String state, String desired, String trouble) {
        task("\"NodeID\":\"n1\",", state, desired, trouble);
    }

    private void homelessBecause(String trouble) {
        task("", "pending", "running", trouble);
    }

    private void task(String node, String state, String desired, String trouble) {
        fake.on(
                "GET /tasks",
                200,
                "[{\"ID\":\"t1\",\"ServiceID\":\"s1\"," + node + "\"CreatedAt\":\"2026-01-01T00:00:00Z\","
                        + "\"DesiredState\":\"" + desired + "\",\"Status\":{\"State\":\"" + state + "\",\"Err\":\""
                        + trouble
                        + "\"}}]");
    }

    private void nodeIs(String status) {
        fake.on(
                "GET /nodes",
                200,
                "[{\"ID\":\"n1\",\"Description\":{\"Hostname\":\"n-1\"},\"Status\":" + status + "}]");
    }
}
