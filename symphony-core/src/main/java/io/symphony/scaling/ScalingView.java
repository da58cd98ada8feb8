package io.symphony.scaling;

import java.time.Duration;

/**
 * Everything that a policy may look at. Two equal views give the same decision, so a recorded run can be replayed.
 *
 * <pre>{@code
 * ScalingPolicy calm = view -> view.starting() > 0 ? view.unchanged("some are on their way") : usual.decide(view);
 * }</pre>
 *
 * @param elapsed how long the orchestrator has run; windows are counted from its start
 * @param load the record of the traffic up to {@code elapsed}
 * @param ready how many replicas serve
 * @param starting how many are on their way
 * @param target how many are wanted so far
 * @param min the least that may be wanted
 * @param max the most that may be wanted
 */
public record ScalingView(Duration elapsed, Load load, int ready, int starting, int target, int min, int max) {

    /** The decision to leave things as they are. */
    public Target unchanged(String reason) {
        return new Target(target, reason);
    }
}
