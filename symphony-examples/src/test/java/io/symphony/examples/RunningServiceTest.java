package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.OnExit;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.testing.FakeRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningServiceTest {
    /** A name of this run alone: a service is run by one program at a time. */
    private static final String NAME = "acts-" + ProcessHandle.current().pid();

    private static final ServiceSpec SPEC = ServiceSpec.command(NAME, "acts");
    private static final ReplicaId FOUND = new ReplicaId(NAME, 1);
    private static final ReplicaId NEW = new ReplicaId(NAME, 2);

    private final FakeRuntime runtime = new FakeRuntime();
    private Optional<ServerSocketChannel> intruder = Optional.empty();

    @BeforeEach
    void somethingRunsAlready() {
        runtime.plant(FOUND, SPEC.version());
    }

    @AfterEach
    void freeThePort() throws IOException {
        if (intruder.isPresent()) {
            intruder.get().close();
        }
    }

    @Test
    void whatWasTakenOverRunsOnWhenTheRestIsUndone() throws Exception {
        RunningService service = RunningService.start(plan("127.0.0.1:0", this::runtime), List.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> runtime.running().contains(NEW));

        service.undo();

        assertThat(runtime.running()).containsExactly(FOUND);
        assertThat(runtime.stopped()).containsExactly(NEW);
        assertThat(runtime.isClosed()).isTrue();
    }

    @Test
    void whatRanBeforeRunsOnWhenTheListenerFails() throws Exception {
        try (SocketChannel reserved = SocketChannel.open()) { // bound only, so that a second one may listen there
            reserved.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress there = (InetSocketAddress) reserved.getLocalAddress();
            ServicePlan plan = plan("127.0.0.1:" + there.getPort(), () -> takingThePort(there));

            assertThatThrownBy(() -> RunningService.start(plan, List.of()))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(":" + there.getPort());
        }

        assertThat(runtime.running()).containsExactly(FOUND);
        assertThat(runtime.isClosed()).isTrue();
    }

    private Optional<ContainerRuntime> runtime() {
        return Optional.of(runtime);
    }

    /** Somebody listens there between our look at the port and our own listening. */
    private Optional<ContainerRuntime> takingThePort(InetSocketAddress there) {
        try {
            ServerSocketChannel socket = ServerSocketChannel.open();
            intruder = Optional.of(socket);
            socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            socket.bind(there);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return runtime();
    }

    private static ServicePlan plan(String listen, RuntimePlan replicas) {
        Map<String, String> given = Map.of(
                "listen",
                listen,
                "min",
                "2",
                "max",
                "2",
                "policy",
                "fixed",
                "health-path",
                "off",
                "health-interval",
                "1h");
        Layer layer =
                setting -> Optional.ofNullable(given.get(setting.key())).map(text -> new Given(List.of(text), "test"));
        Problems problems = new Problems();
        Configuration values = Configuration.resolve(UpSettings.all(), List.of(layer, Layer.fallbacks()), problems);
        problems.throwIfAny();
        return ServicePlan.of(values, SPEC, replicas, OnExit.STOP);
    }
}
