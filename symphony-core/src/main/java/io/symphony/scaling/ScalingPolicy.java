package io.symphony.scaling;

import java.time.Duration;

/**
 * How many replicas. A pure function of its view: whatever it needs to remember is in there. The orchestrator keeps
 * the result within its range.
 *
 * <pre>{@code
 * ScalingPolicy oneMoreThanBusy = view -> {
 *     double busy = view.load().concurrencyBetween(view.elapsed().minusSeconds(10), view.elapsed());
 *     return new Target((int) busy + 1, "%.1f requests inside".formatted(busy));
 * };
 * }</pre>
 */
@FunctionalInterface
public interface ScalingPolicy {

    Target decide(ScalingView view);

    /** Always the same number. */
    static ScalingPolicy fixed(int replicas) {
        return view -> new Target(replicas, "fixed at " + replicas);
    }

    /**
     * One replica for every {@code perReplica} requests of the last full window, and one more: {@code floor(count /
     * perReplica) + 1}. The windows stand side by side from the start; a decision falls at the end of each.
     */
    static ScalingPolicy requests(int perReplica, Duration window) {
        return new RequestCount(perReplica, window);
    }

    /** As many as keep each at or under {@code perReplica} requests a second, on average over the sliding window. */
    static ScalingPolicy requestsPerSecond(double perReplica, Duration window) {
        return new RequestRate(perReplica, window);
    }
}
