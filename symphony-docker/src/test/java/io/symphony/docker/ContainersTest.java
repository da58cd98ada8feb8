package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts and stops on a daemon that answers in unfriendly ways. */
class ContainersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReplicaId one = new ReplicaId("acts", 1);
    private final ServiceSpec spec = ServiceSpec.image("acts", "acts:1");
    private final AtomicInteger creations = new AtomicInteger();
    private FakeDaemon fake;
    private DockerRuntime runtime;

    /** A daemon on which a start works. */
    @BeforeEach
    void begin() throws IOException {
        fake = FakeDaemon.speaking("1.24", "1.44");
        runtime = DockerRuntime.builder().host(fake.host()).build();
        fake.on("GET /images/acts:1/json", 200, "{\"Id\":\"sha256:1\"}");
        fake.on("POST /containers/create", this::create);
        fake.on("POST /containers/c1/start", exchange -> {
            runs();
            FakeDaemon.reply(exchange, 204, "");
        });
        fake.on("DELETE /containers/c1", exchange -> {
            fake.on("GET /containers/json", 200, "[]");
            FakeDaemon.reply(exchange, 204, "");
        });
    }

    @AfterEach
    void end() {
        runtime.close();
        fake.close();
    }

    @Test
    void theAddressIsTheOneThatTheDaemonHasGiven() throws Exception {
        assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(20_080));
    }

    @Test
    void startingWhatRunsAlreadyIsNoError() throws Exception {
        fake.on("POST /containers/c1/start", exchange -> {
            runs();
            FakeDaemon.reply(exchange, 304, "");
        });

        assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(20_080));
    }

    /** As after a restart of the daemon, when the first write meets a connection that is no more. */
    @Test
    void aCreateWhoseAnswerGotLostIsNotMadeTwice() throws Exception {
        fake.on("POST /containers/create", exchange -> {
            creations.incrementAndGet();
            fake.on("GET /containers/json", 200, "[" + Listed.listed("c1", one, "created") + "]");
            exchange.getRequestBody().readAllBytes();
            throw new IOException("no answer");
        });

        assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(20_080));
        assertThat(creations).hasValue(1);
    }

    @Test
    void aCreateThatNeverArrivedIsMadeAgain() throws Exception {
        fake.on("POST /containers/create", exchange -> {
            if (creations.get() > 0) {
                create(exchange);
                return;
            }
            creations.incrementAndGet();
            throw new IOException("no answer");
        });

        assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(20_080));
        assertThat(creations).hasValue(2);
    }

    @Test
    void aStartWhoseAnswerGotLostIsMadeAgain() throws Exception {
        fake.on("POST /containers/c1/start", exchange -> {
            runs();
            fake.on("POST /containers/c1/start", 304, "");
            throw new IOException("no answer");
        });

        assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(20_080));
    }

    @Test
    void aNameThatOneOfOursHasMeansThatSomebodyElseStartsItJustNow() throws Exception {
        fake.on("POST /containers/create", exchange -> {
            runs();
            FakeDaemon.reply(exchange, 409, "{\"message\":\"Conflict. The container name is already in use\"}");
        });
        fake.on("POST /containers/c1/start", 304, "");

        assertThat(runtime.start(one, spec)).isEqualTo(Endpoint.local(20_080));
    }

    @Test
    void aStartThatTheDaemonRefusesLeavesNothing() {
        fake.on("POST /containers/c1/start", 500, "{\"message\":\"no space left on device\"}");

        assertThatThrownBy(() -> runtime.start(one, spec))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessage("acts-1: the Docker Engine refused to start a container (500): no space left on device");
        assertThat(fake.asked()).contains("DELETE /v1.44/containers/c1");
    }

    @Test
    void aContainerThatSomebodyElseIsRemovingIsWaitedFor() throws Exception {
        runs();
        AtomicInteger removals = new AtomicInteger();
        fake.on("GET /containers/c1/json", 200, "{\"Id\":\"c1\",\"State\":{\"Running\":false}}");
        fake.on("DELETE /containers/c1", exchange -> {
            if (removals.incrementAndGet() < 3) {
                FakeDaemon.reply(exchange, 409, "{\"message\":\"removal of container c1 is already in progress\"}");
                return;
            }
            fake.on("GET /containers/c1/json", 404, "{\"message\":\"No such container: c1\"}");
            FakeDaemon.reply(exchange, 404, "{\"message\":\"No such container: c1\"}");
        });

        runtime.stop(one, Duration.ZERO);

        assertThat(removals).hasValue(3);
    }

    @Test
    void signallingOneThatHasJustEndedIsNoError() throws Exception {
        runs();
        fake.on("GET /containers/c1/json", exchange -> {
            fake.on(
                    "GET /containers/c1/json",
                    exchange2 -> FakeDaemon.reply(exchange2, 404, "{\"message\":\"No such container: c1\"}"));
            FakeDaemon.reply(
                    exchange,
                    200,
                    "{\"Id\":\"c1\",\"State\":{\"Running\":true},\"Config\":{\"StopSignal\":\"SIGQUIT\"}}");
        });
        fake.on("POST /containers/c1/kill", exchange -> {
            assertThat(exchange.getRequestURI().getQuery()).isEqualTo("signal=SIGQUIT");
            FakeDaemon.reply(exchange, 409, "{\"message\":\"Container c1 is not running\"}");
        });

        runtime.stop(one, PATIENCE);

        assertThat(fake.asked()).contains("POST /v1.44/containers/c1/kill", "DELETE /v1.44/containers/c1");
    }

    @Test
    void aHungDaemonHoldsNobodyBeyondTheDeadline() throws Exception {
        fake.hangOn("GET /containers/json");
        try (DockerRuntime hasty = DockerRuntime.builder()
                .host(fake.host())
                .callTimeout(Duration.ofMillis(300))
                .build()) {
            assertThatThrownBy(() -> hasty.list("acts"))
                    .isInstanceOf(RuntimeFailure.class)
                    .hasMessageStartingWith("acts: cannot list containers, because ");
            assertThatThrownBy(() -> hasty.stop(one, Duration.ZERO)).isInstanceOf(RuntimeFailure.class);
            assertThat(hasty.lastOutput(one)).isEmpty();
        }
    }

    @Test
    void aDaemonThatIsBackIsUsedAgain() throws Exception {
        fake.on("GET /containers/json", 500, "{\"message\":\"starting\"}");
        assertThatThrownBy(() -> runtime.list("acts")).isInstanceOf(RuntimeFailure.class);

        runs();

        assertThat(runtime.list("acts")).hasSize(1);
    }

    @Test
    void whatTheDaemonListsAgainstItsFilterIsNotOurs() throws Exception {
        fake.on(
                "GET /containers/json",
                200,
                "[{\"Id\":\"c9\",\"State\":\"running\",\"Labels\":{\"io.symphony.service\":\"acts\"}},"
                        + "{\"Id\":\"c8\",\"State\":\"running\"}]");

        assertThat(runtime.list("acts")).isEmpty();
        runtime.stop(one, Duration.ZERO);

        assertThat(fake.asked()).noneMatch(each -> each.startsWith("DELETE"));
    }

    @Test
    void anInterruptedStartIsClearedUpBehindTheCaller() throws Exception {
        fake.hangOn("POST /containers/c1/start");
        Thread caller = new Thread(() -> {
            try {
                runtime.start(one, spec);
            } catch (RuntimeFailure | InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        caller.start();
        await().atMost(PATIENCE).until(() -> fake.asked().contains("POST /v1.44/containers/c1/start"));

        caller.interrupt();

        await().atMost(PATIENCE).until(() -> fake.asked().contains("DELETE /v1.44/containers/c1"));
        caller.join(PATIENCE.toMillis());
        assertThat(caller.isAlive()).isFalse();
    }

    private void create(HttpExchange exchange) throws IOException {
        creations.incrementAndGet();
        FakeDaemon.reply(exchange, 201, "{\"Id\":\"c1\",\"Warnings\":[]}");
    }

    private void runs() {
        fake.on("GET /containers/json", 200, "[" + Listed.running("c1", one) + "]");
    }
}
