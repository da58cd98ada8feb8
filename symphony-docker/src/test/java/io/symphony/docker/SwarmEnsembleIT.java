package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.Ensemble;
import io.symphony.spi.Ensemble.Entry;
import io.symphony.spi.Ensemble.Member;
import io.symphony.spi.Mandate;
import io.symphony.spi.Mandate.Decree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The record that listeners share, kept by a real manager. */
@Tag("once")
@ExtendWith(TwoNodes.class)
class SwarmEnsembleIT {

    private static final Decree DECREE = new Decree(3, 2, OptionalInt.empty(), Set.of(1L));

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Daemon daemon = new Daemon(DaemonAddress.of(TwoNodes.manager()), Optional.empty(), PATIENCE);
    private final String service = "ensemble-" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void close() {
        daemon.close();
    }

    @Test
    void ofManyWhoWriteAtOnceOneDoesAndWhoIsLateIsRefused() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (SwarmRuntime runtime = TwoNodes.runtime(Duration.ZERO)) {
            Ensemble one = named("one");
            assertThat(one.read()).isEmpty();
            assertThat(written(threads, Optional.empty(), Mandate.first("any", DECREE)))
                    .isEqualTo(1);

            Entry first = one.read().orElseThrow();
            assertThat(first.mandate().decree()).isEqualTo(DECREE);
            assertThat(written(threads, Optional.of(first), first.mandate().succeededBy("any")))
                    .isEqualTo(1);

            assertThat(one.read().orElseThrow().mandate().term()).isEqualTo(2);
            assertThat(one.replace(Optional.of(first), first.mandate().renewed(DECREE)))
                    .isFalse();
            assertThat(runtime.list(service)).as("it is no replica").isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void listenersFindEachOther() throws Exception {
        Ensemble one = named("one");
        Ensemble two = named("two");
        one.announce(Endpoint.local(9_091));
        one.announce(Endpoint.local(9_091));
        two.announce(Endpoint.local(9_092));
        assertThat(one.members())
                .containsExactlyInAnyOrder(
                        new Member("one", Endpoint.local(9_091)), new Member("two", Endpoint.local(9_092)));

        one.forget("two");
        one.forget("two");

        assertThat(two.members()).extracting(Member::name).containsExactly("one");
    }

    private Ensemble named(String name) {
        return new SwarmEnsemble(service, name, new Notices(daemon, PATIENCE));
    }

    /** How many of eight at a time got theirs in. */
    private long written(ExecutorService threads, Optional<Entry> read, Mandate next) throws Exception {
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            Ensemble each = named("writer-" + number);
            tries.add(threads.submit(() -> each.replace(read, next)));
        }
        long count = 0;
        for (Future<Boolean> each : tries) {
            count += each.get() ? 1 : 0;
        }
        return count;
    }
}
