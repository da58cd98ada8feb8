package io.symphony.scaling;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How many replicas. A pure function of its view: whatever it needs to remember is in there. The orchestrator keeps
 * the result within its range.
 *
 * <pre>{@code
 * ScalingPolicy oneMoreThanBusy = view -> {
 *     double busy = view.load().concurrencyBetween(view.elapsed().minusSeconds(10), view.elapsed());
 *     return new Target((int) busy + 1, "%.1f requests inside".formatted(busy));
 * };
 * ScalingPolicy calm = oneMoreThanBusy.steady();
 * }</pre>
 */
@FunctionalInterface
public interface ScalingPolicy {

    Target decide(ScalingView view);

    /** Always the same number. */
    static ScalingPolicy fixed(int replicas) {
        return new Fixed(replicas);
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

    /** As many as have {@code perReplica} requests at a time each, over 60 s, or over 6 s where that is a panic. */
    static Concurrency concurrency(double perReplica) {
        return Concurrency.of(perReplica);
    }

    /** As many as keep the mean latency of the last 30 s at or under the objective. */
    static ScalingPolicy latency(Duration objective) {
        return new LatencyObjective(objective, Optional.empty(), Duration.ofSeconds(30));
    }

    /** As many as keep a latency at or under the objective that a gauge of yours measures, in seconds. */
    static ScalingPolicy latency(Duration objective, String gauge) {
        return new LatencyObjective(objective, Optional.of(gauge), Duration.ofSeconds(30));
    }

    /** As many as share a gauge of yours, each with at most {@code perReplica} of it: a queue, open sessions. */
    static ScalingPolicy sharing(String gauge, double perReplica) {
        return new GaugeShare(gauge, perReplica);
    }

    /** As many as hold a gauge of yours at a level that more replicas lower in proportion: the use of a processor. */
    static ScalingPolicy holding(String gauge, double level) {
        return new GaugeLevel(gauge, level);
    }

    /** As many as the traffic needs, at what a replica turns out to carry: nothing has to be told. */
    static ScalingPolicy auto() {
        return new Adaptive();
    }

    /** The largest of the shifts whose hours it is, and the minimum outside of all of them. */
    static ScalingPolicy schedule(Shift... shifts) {
        return new Timetable(List.of(shifts));
    }

    /** As many as that one of these wants that wants the most. */
    static ScalingPolicy largestOf(ScalingPolicy... policies) {
        return new Extreme(Extreme.Side.LARGEST, List.of(policies));
    }

    /** As many as that one of these wants that wants the fewest. */
    static ScalingPolicy smallestOf(ScalingPolicy... policies) {
        return new Extreme(Extreme.Side.SMALLEST, List.of(policies));
    }

    /** This one within bounds that are narrower than the orchestrator's. */
    default ScalingPolicy between(int least, int most) {
        return new Bounded(this, least, most);
    }

    /** This one, and not fewer than so many during these hours. */
    default ScalingPolicy atLeastDuring(Hours hours, int replicas) {
        return new AtLeastDuring(this, new Shift(hours, replicas));
    }

    /** This one, without a change where what is wanted is within that share of what there is to be. */
    default ScalingPolicy withDeadBand(double share) {
        return new DeadBand(this, share);
    }

    /** This one, up at once, and down no further than the highest want within the last window. */
    default ScalingPolicy stabilised(Duration window) {
        return new Stabilised(this, window);
    }

    /** This one, approached at a pace in each direction. */
    default ScalingPolicy paced(Pace up, Pace down) {
        return new Paced(this, up, down);
    }

    /** This one, counting what is on its way, with no change of direction on it, and none down during a roll-out. */
    default ScalingPolicy cautious() {
        return new Cautious(this);
    }

    /** This one, {@link #cautious()} and calmed in all ways by the measures of {@link Calm#STANDARD}. */
    default ScalingPolicy steady() {
        return Calm.STANDARD.over(this);
    }
}
