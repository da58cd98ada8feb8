package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control side under virtual time with a runtime that does everything wrong. A failure names its seed; {@code
 * -Dsymphony.seed=N} runs that one alone.
 */
class SimulationTest {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationTest.class);
    private static final Long ONLY = Long.getLong("symphony.seed");

    static LongStream seeds() {
        return ONLY == null ? LongStream.rangeClosed(1, 300) : LongStream.of(ONLY);
    }

    @ParameterizedTest(name = "-Dsymphony.seed={0}")
    @MethodSource("seeds")
    void keepsItsPromisesWhateverTheRuntimeDoes(long seed) {
        int min = seed % 10 == 0 ? 0 : (int) (seed % 3) + 1;
        int max = Math.max(1, min) + (int) (seed % 11);
        Simulation simulation =
                new Simulation(seed, Simulation.rules(min, max, ScalingPolicy.requests(20, Duration.ofSeconds(10))), 1);

        simulation.runWithFaults(Duration.ofMinutes(3), (int) (seed % 20) + 1, true);
        simulation.runInPeace(Duration.ofMinutes(2));

        simulation.requireRest();
    }

    @Test
    void withoutFaultsNoRequestIsRefusedOnceTheFleetIsUp() {
        Simulation simulation =
                new Simulation(1, Simulation.rules(3, 10, ScalingPolicy.requests(20, Duration.ofSeconds(10))), 0);

        simulation.runWithFaults(Duration.ofSeconds(10), 0, false);
        simulation.runWithFaults(Duration.ofMinutes(5), 50, false);

        assertThat(simulation.refused()).isZero();
        assertThat(simulation.served()).isPositive();
    }

    /**
     * {@code -Dsymphony.simulated.seconds=600} runs the ten minutes that docs/performance.md tells of, and {@code
     * -Dsymphony.simulated.replicas=N} another number of replicas.
     */
    @Test
    void tenThousandReplicas() {
        int replicas = Integer.getInteger("symphony.simulated.replicas", 10_000);
        int seconds = Integer.getInteger("symphony.simulated.seconds", 30);
        Simulation simulation =
                new Simulation(1, Simulation.rules(replicas, replicas, ScalingPolicy.fixed(replicas)), 1);
        long begun = System.nanoTime();

        simulation.runWithFaults(Duration.ofSeconds(seconds), 100, false);

        long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
        LOG.warn(
                "{} replicas, {} simulated seconds with faults: {} actions in {} ms, {} ms a tick",
                replicas,
                seconds,
                simulation.actions(),
                millis,
                millis / (seconds * 10.0));
        assertThat(simulation.actions()).isGreaterThan(seconds * replicas / 2L);
    }
}
