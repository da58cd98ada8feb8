package io.symphony.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What one tick measured: the traffic as running sums since the start, what is inside now, and the gauges. Together with
 * {@link Staff} it is all that a recording has to hold; {@link Chronicle} makes views of it again.
 *
 * <pre>{@code
 * new Sample(elapsed, clock.instant(), 1_000, 990, 8, 2, Map.of("queue", 40.0)).gauge("queue"); // 40.0
 * }</pre>
 *
 * @param elapsed how long the orchestrator had run
 * @param time what the clock on the wall said
 * @param requests how many requests had begun
 * @param ended how many of them a replica had finished, well or not
 * @param inside how many were inside a replica
 * @param waiting how many waited for one
 * @param gauges what the gauges said; one that had nothing to say is not among them
 */
public record Sample(
        Duration elapsed,
        Instant time,
        long requests,
        long ended,
        int inside,
        int waiting,
        Map<String, Double> gauges) {

    public Sample {
        gauges = Map.copyOf(gauges);
    }
}
