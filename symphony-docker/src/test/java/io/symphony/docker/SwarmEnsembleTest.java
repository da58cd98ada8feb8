package io.symphony.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.Ensemble;
import io.symphony.spi.Ensemble.Entry;
import io.symphony.spi.Ensemble.Member;
import io.symphony.spi.Mandate;
import io.symphony.spi.Mandate.Decree;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The record that listeners share, at a manager that says what a test has it say. */
class SwarmEnsembleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Mandate MANDATE =
            new Mandate(Optional.of("host-1"), 3, 42, new Decree(9, 4, OptionalInt.of(4), Set.of(7L, 8L)));
    private static final String RECORD = "/services/symphony-acts-mandate";

    private final List<String> written = new CopyOnWriteArrayList<>();
    private FakeDaemon fake;
    private Daemon daemon;
    private Ensemble ensemble;

    @BeforeEach
    void begin() throws IOException {
        fake = FakeDaemon.speaking("1.24", "1.44");
        daemon = new Daemon(DaemonAddress.of(fake.host()), Optional.empty(), PATIENCE);
        ensemble = new SwarmEnsemble("acts", "host-1", new Notices(daemon, PATIENCE));
    }

    @AfterEach
    void end() {
        daemon.close();
        fake.close();
    }

    @Test
    void whereNobodyHasWrittenThereIsNone() throws Exception {
        fake.on("GET " + RECORD, 404, "{\"message\":\"service not found\"}");

        assertThat(ensemble.read()).isEmpty();
    }

    @Test
    void theFirstRecordIsAServiceThatRunsNothing() throws Exception {
        takes("POST /services/create", 201, "{\"ID\":\"s1\"}");

        assertThat(ensemble.replace(Optional.empty(), MANDATE)).isTrue();

        assertThat(written.get(0))
                .contains("\"Name\":\"symphony-acts-mandate\"", "\"Replicated\":{\"Replicas\":0}")
                .contains("\"io.symphony.leader\":\"host-1\"", "\"io.symphony.term\":\"3\"")
                .contains("\"io.symphony.renewed\":\"42\"", "\"io.symphony.leaving\":\"7,8\"")
                .as("it is no replica")
                .doesNotContain("io.symphony.service", "io.symphony.replica");
    }

    @Test
    void oneThatSomebodyElseWroteFirstStands() throws Exception {
        fake.on("POST /services/create", 409, "{\"message\":\"name conflicts with an existing object\"}");

        assertThat(ensemble.replace(Optional.empty(), MANDATE)).isFalse();
    }

    @Test
    void whatWasWrittenIsReadBack() throws Exception {
        stands(labels(MANDATE));

        assertThat(ensemble.read()).contains(new Entry(MANDATE, "s1/5"));
    }

    @Test
    void oneThatIsVacantIsReadBackToo() throws Exception {
        stands(labels(MANDATE.resigned()));

        assertThat(ensemble.read()).map(Entry::mandate).contains(MANDATE.resigned());
    }

    @Test
    void theVersionThatWasReadIsWhatIsReplaced() throws Exception {
        stands(labels(MANDATE));
        takes("POST /services/s1/update", 200, "{}");

        assertThat(ensemble.replace(ensemble.read(), MANDATE.renewed(MANDATE.decree())))
                .isTrue();

        assertThat(written.get(0)).startsWith("version=5 ").contains("\"io.symphony.renewed\":\"43\"");
    }

    @Test
    void aStaleWriteIsRefused() throws Exception {
        stands(labels(MANDATE));
        fake.on("POST /services/s1/update", 500, "{\"message\":\"rpc error: update out of sequence\"}");

        assertThat(ensemble.replace(ensemble.read(), MANDATE.succeededBy("host-2")))
                .isFalse();
    }

    @Test
    void aManagerThatIsAwayLeavesItOpenWhetherItWasWritten() throws Exception {
        stands(labels(MANDATE));
        fake.on("POST /services/s1/update", 500, "{\"message\":\"rpc error: context deadline exceeded\"}");
        Optional<Entry> read = ensemble.read();

        assertThatThrownBy(() -> ensemble.replace(read, MANDATE.succeededBy("host-2")))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("context deadline exceeded");
    }

    @Test
    void aRecordThatSaysNothingIsRefusedWithWhatToDo() {
        stands("\"io.symphony.mandate\":\"acts\",\"io.symphony.highest\":\"9\"");

        assertThatThrownBy(ensemble::read)
                .hasMessageStartingWith(
                        "the service symphony-acts-mandate does not say who leads: io.symphony.target: ''")
                .hasMessageContaining("Remove it");
    }

    @Test
    void aListenerMakesItselfKnownOnceAndIsFoundByItsLabel() throws Exception {
        fake.on("GET /services/symphony-acts-listener-host-1", 404, "{\"message\":\"service not found\"}");
        takes("POST /services/create", 201, "{\"ID\":\"s2\"}");

        ensemble.announce(new Endpoint("10.0.0.5", 9090));
        assertThat(written.get(0))
                .contains("\"Name\":\"symphony-acts-listener-host-1\"", "\"io.symphony.listeners\":\"acts\"");

        String labels = "\"io.symphony.listeners\":\"acts\",\"io.symphony.listener\":\"host-1\","
                + "\"io.symphony.admin\":\"10.0.0.5:9090\"";
        fake.on("GET /services", 200, "[" + service("s2", "symphony-acts-listener-host-1", labels) + "]");
        fake.on(
                "GET /services/symphony-acts-listener-host-1",
                200,
                service("s2", "symphony-acts-listener-host-1", labels));
        ensemble.announce(new Endpoint("10.0.0.5", 9090));

        assertThat(ensemble.members()).containsExactly(new Member("host-1", new Endpoint("10.0.0.5", 9090)));
        assertThat(written).hasSize(1);
    }

    @Test
    void oneThatIsForgottenAlreadyIsNoTrouble() throws Exception {
        fake.on("DELETE /services/symphony-acts-listener-host-2", 404, "{\"message\":\"service not found\"}");

        ensemble.forget("host-2");

        assertThat(fake.asked()).contains("DELETE /v1.44/services/symphony-acts-listener-host-2");
    }

    private void stands(String labels) {
        fake.on("GET " + RECORD, 200, service("s1", "symphony-acts-mandate", labels));
    }

    private void takes(String request, int status, String answer) {
        fake.on(request, exchange -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            written.add(query + " " + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            FakeDaemon.reply(exchange, status, answer);
        });
    }

    private static String service(String id, String name, String labels) {
        return "{\"ID\":\"" + id + "\",\"Version\":{\"Index\":5},\"Spec\":{\"Name\":\"" + name + "\",\"Labels\":{"
                + labels + "}}}";
    }

    /** As the manager shows them. */
    private static String labels(Mandate mandate) {
        return MandateLabels.of("acts", mandate).entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
                .collect(Collectors.joining(","));
    }
}
