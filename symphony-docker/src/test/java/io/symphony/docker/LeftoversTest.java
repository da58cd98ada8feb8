package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
            leftovers.saw("acts", Set.of("idle"));

            // At 59 s it may still be a start that takes long.
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            leftovers.saw("acts", Set.of("idle"));
            leftovers.saw("other", Set.of());
            assertThat(fake.asked()).isEmpty();

            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            leftovers.saw("acts", Set.of("idle"));
            await().atMost(PATIENCE).until(() -> fake.asked().contains("DELETE /v1.44/containers/idle"));
        }
    }

    @Test
    void whatRanInBetweenBeginsAnew() throws Exception {
        try (FakeDaemon fake = FakeDaemon.speaking("1.24", "1.44");
                Daemon daemon = new Daemon(DaemonAddress.of(fake.host()), Optional.empty(), Duration.ofSeconds(20));
                Leftovers leftovers = leftovers(daemon)) {
            leftovers.saw("acts", Set.of("c1"));
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            leftovers.saw("acts", Set.of());
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            leftovers.saw("acts", Set.of("c1"));

            assertThat(fake.asked()).isEmpty();
        }
    }

    private Leftovers leftovers(Daemon daemon) {
        Reach reach = new Reach.Published("127.0.0.1", 80);
        Containers containers = new Containers(daemon, new Recipe(ContainerOptions.secure(), reach), reach);
        return new Leftovers(containers::remove, nanos::get);
    }
}
