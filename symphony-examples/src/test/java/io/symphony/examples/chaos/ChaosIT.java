package io.symphony.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.examples.chaos.Victim.Mode;
import io.symphony.fleet.Phase;
import io.symphony.health.HealthPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random faults of real processes under constant load, drawn from a seed: {@code -Dsymphony.seed=N} repeats them. Each
 * build has 15 seconds of it, {@code -Pchaos} an hour.
 */
@Timeout(2 * 3_600)
class ChaosIT {

    private static final int PER_SECOND = 200;
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("symphony.chaos.seconds", 15));
    private static final long SEED = Long.getLong("symphony.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Threads of pools that grow when much happens at once, and then stay. */
    private static final int POOLED_THREADS = 32;

    private static final List<String> SIGNALS = List.of("KILL", "TERM", "STOP");

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void whateverHappensEachRequestIsAccountedForAndTheFleetHeals(@TempDir Path folder) throws Exception {
        System.out.println("Chaos of " + LENGTH.toSeconds() + " s, -Dsymphony.seed=" + SEED);
        HealthPolicy health = HealthPolicy.every(Duration.ofMillis(500)).withStartTimeout(Duration.ofSeconds(30));
        String name = "chaos-it-" + ProcessHandle.current().pid();
        try (Service service = Service.of(folder, name, each -> each.health(health))) {
            int threads = Thread.activeCount();
            Run run = Run.through(service, PER_SECOND, Duration.ofSeconds(1), () -> rage(service));

            System.out.println(run.row("random, seed " + SEED));
            assertThat(run.count(each -> each.problem().equals("hung"))).isZero();
            assertThat(new Records(folder).postsGivenTwice()).isEmpty();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(service.status().replicas())
                            .hasSize(3)
                            .allMatch(each -> each.phase() == Phase.READY));
            await().atMost(PATIENCE).until(() -> Thread.activeCount() <= threads + POOLED_THREADS);
        }
    }

    private void rage(Service service) throws Exception {
        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() - end < 0) {
            strike(service);
            pause(Duration.ofMillis(random.nextInt(200, 1_500)));
        }
    }

    /** Nobody may be there to be struck, and whoever is may be gone in that moment. */
    private void strike(Service service) throws Exception {
        List<Integer> ports = service.ports();
        if (ports.isEmpty()) {
            return;
        }
        int port = ports.get(random.nextInt(ports.size()));
        Duration length = Duration.ofMillis(random.nextInt(100, 2_000));
        try {
            if (random.nextInt(3) > 0) {
                Mode[] modes = Mode.values();
                Service.tell(port, modes[random.nextInt(modes.length)], length);
            } else {
                signal(Service.pid(port), SIGNALS.get(random.nextInt(SIGNALS.size())), length);
            }
        } catch (IOException e) {
            System.out.println("Chaos: the one at " + port + " hears nothing: " + e.getMessage());
        }
    }

    private static void signal(long pid, String name, Duration length) throws Exception {
        Signals.send(pid, name);
        if (name.equals("STOP")) {
            pause(length);
            Signals.send(pid, "CONT");
        }
    }

    private static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        await().atMost(length.plusSeconds(10)).until(() -> System.nanoTime() - until > 0);
    }
}
