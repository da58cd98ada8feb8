package io.symphony.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.chaos.Chaos.Strike;
import io.symphony.examples.chaos.Victim.Mode;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.testing.Holdings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@link Chaos} among real processes. */
@Tag("once")
@Timeout(2 * 3_600)
class ChaosIT {

    private static final HealthPolicy HEALTH =
            HealthPolicy.every(Duration.ofMillis(500)).withStartTimeout(Duration.ofSeconds(30));

    @Test
    void whateverHappensEachRequestIsAccountedForAndTheFleetHeals(@TempDir Path folder) throws Exception {
        long children = Holdings.now().children();
        ServiceSpec spec =
                Service.processes(folder, "chaos-it-" + ProcessHandle.current().pid());
        try (Service service = Service.of(spec, each -> each.health(HEALTH), Chaos::lettingGoSoon)) {
            new Chaos(service, strikes(), 0).reign(Duration.ofSeconds(12));
            assertThat(new Records(folder).postsGivenTwice()).isEmpty();
        }
        assertThat(Holdings.now().children()).as("child processes").isEqualTo(children);
    }

    /** Two misdeeds of its own for each signal. */
    private static List<Strike> strikes() {
        Stream<Strike> told = Stream.of(Mode.values())
                .map(mode -> (replica, length) -> Service.tell(Service.port(replica), mode, length));
        Stream<Strike> signalled =
                Stream.of("KILL", "TERM", "STOP", "KILL", "TERM", "STOP").map(ChaosIT::signal);
        return Stream.concat(told, signalled).toList();
    }

    private static Strike signal(String name) {
        return (replica, length) -> {
            long pid = Service.pid(Service.port(replica));
            Signals.send(pid, name);
            if (name.equals("STOP")) {
                Chaos.pause(length);
                Signals.send(pid, "CONT");
            }
        };
    }
}
