package io.symphony.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Everything that a policy may look at. Two equal views give the same decision, so a recorded run can be replayed: a
 * sample and the staff are plain data, and {@link Chronicle} makes the two records of those that came before.
 *
 * <pre>{@code
 * ScalingPolicy calm = view -> view.starting() > 0 ? view.unchanged("some are on their way") : usual.decide(view);
 * }</pre>
 *
 * @param sample what was measured just now
 * @param staff the replicas
 * @param load the record of the traffic up to now
 * @param past the record of what was wanted, up to the last decision
 */
public record ScalingView(Sample sample, Staff staff, Load load, Past past) {

    /** How long the orchestrator has run; windows are counted from its start. */
    public Duration elapsed() {
        return sample.elapsed();
    }

    /** What the clock on the wall says, for schedules. */
    public Instant time() {
        return sample.time();
    }

    /** How many replicas serve. */
    public int ready() {
        return staff.ready();
    }

    /** How many are on their way. */
    public int starting() {
        return staff.starting();
    }

    /** How many are wanted so far. */
    public int target() {
        return staff.target();
    }

    /** The least that may be wanted. */
    public int min() {
        return staff.min();
    }

    /** The most that may be wanted. */
    public int max() {
        return staff.max();
    }

    /** What a gauge says; empty where it says nothing, which is not zero. */
    public OptionalDouble gauge(String name) {
        Double value = sample.gauges().get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The decision to leave things as they are, for want of data; it counts as no want. */
    public Target unchanged(String reason) {
        return Target.undecided(target(), reason);
    }

    ScalingView with(Staff other) {
        return new ScalingView(sample, other, load, past);
    }
}
