package io.symphony.docker;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How much of the machine a container may use.
 *
 * @param memoryBytes beyond it the kernel kills the container; there is no swap on top
 * @param cpus in whole processors, such as 1.5
 * @param pids processes and threads
 */
public record Limits(OptionalLong memoryBytes, OptionalDouble cpus, long pids) {

    /** Enough for a large Java service; a fork bomb stays inside its container. */
    public static final long PIDS = 4_096;

    /** What the daemon refuses to go below. */
    private static final long LEAST_MEMORY_BYTES = 6 << 20;

    private static final long NANOS_PER_CPU = 1_000_000_000;

    public Limits {
        if (memoryBytes.isPresent() && memoryBytes.getAsLong() < LEAST_MEMORY_BYTES) {
            throw new IllegalArgumentException(
                    "memory: " + memoryBytes.getAsLong() + " bytes (expected: >= " + LEAST_MEMORY_BYTES + ")");
        }
        if (cpus.isPresent() && !(cpus.getAsDouble() >= 0.01 && cpus.getAsDouble() <= 10_000)) {
            throw new IllegalArgumentException("cpus: " + cpus.getAsDouble() + " (expected: >= 0.01)");
        }
        if (pids < 1) {
            throw new IllegalArgumentException("pids: " + pids + " (expected: >= 1)");
        }
    }

    static Limits standard() {
        return new Limits(OptionalLong.empty(), OptionalDouble.empty(), PIDS);
    }

    OptionalLong nanoCpus() {
        return cpus.isPresent()
                ? OptionalLong.of(Math.round(cpus.getAsDouble() * NANOS_PER_CPU))
                : OptionalLong.empty();
    }
}
