package io.symphony.spi;

import java.util.OptionalDouble;

/**
 * A number of yours that scaling may follow. It is asked about once a second on a thread of its own, off the way of
 * every request, so it may take its time; what is older than ten seconds no longer counts.
 *
 * <pre>{@code
 * Orchestrator.of(spec)
 *         .gauge("queue", () -> OptionalDouble.of(queue.size()))
 *         .scaling(ScalingPolicy.sharing("queue", 100).steady())
 *         .start();
 * }</pre>
 */
@FunctionalInterface
public interface Gauge {

    /** What it reads now; empty where that is not known, which is not zero. What it throws counts as not known. */
    OptionalDouble value() throws Exception;
}
