package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong nanos = new AtomicLong(-5);

    @Test
    void whatDoesNotRunForAMinuteIsRemoved() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = new Daemon(DaemonAddress.of(fake.host()), Optional.empty(), Duration.ofSeconds(20));
                Leftovers leftovers = leftovers(daemon)) {
            fake.on("DELETE /containers/idle", 204, "");
            leftovers.saw("acts", List.of(found("idle", false), found("busy", true)));

            // At 59 s it may still be a start that takes long.
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            leftovers.saw("acts", List.of(found("idle", false), found("busy", true)));
            leftovers.saw("other", List.of());
            assertThat(fake.asked()).isEmpty();

            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            leftovers.saw("acts", List.of(found("idle", false), found("busy", true)));
            await().atMost(PATIENCE).until(() -> fake.asked().contains("DELETE /v1.44/containers/idle"));
            assertThat(fake.asked()).noneMatch(each -> each.contains("busy"));
        }
    }

    @Test
    void whatRanInBetweenBeginsAnew() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = new Daemon(DaemonAddress.of(fake.host()), Optional.empty(), Duration.ofSeconds(20));
                Leftovers leftovers = leftovers(daemon)) {
            leftovers.saw("acts", List.of(found("c1", false)));
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            leftovers.saw("acts", List.of(found("c1", true)));
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            leftovers.saw("acts", List.of(found("c1", false)));

            assertThat(fake.asked()).isEmpty();
        }
    }

    private Leftovers leftovers(Daemon daemon) {
        Reach reach = new Reach.Published("127.0.0.1", 80);
        return new Leftovers(new Containers(daemon, new Recipe(ContainerOptions.secure(), reach), reach), nanos::get);
    }

    private static Found found(String container, boolean running) {
        return new Found(container, new ReplicaId("acts", 1), "abcd", running, Optional.of(Endpoint.local(20_080)));
    }
}
