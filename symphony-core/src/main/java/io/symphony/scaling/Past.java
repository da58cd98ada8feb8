package io.symphony.scaling;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The record of what was wanted and of how many served, in times since the orchestrator's start. It is exact to a second
 * and reaches back over an hour. In it are what policies would otherwise have to remember.
 *
 * <pre>{@code
 * OptionalInt calm = view.past().highestWantAfter(view.elapsed().minusMinutes(5));
 * }</pre>
 */
public interface Past {

    /** The highest want that a policy had after this time, before anything smoothed it; empty where it had none. */
    OptionalInt highestWantAfter(Duration time);

    /** The lowest target that stood since this time; empty where none is on record. */
    OptionalInt lowestTargetSince(Duration time);

    /** The highest target that stood since this time; empty where none is on record. */
    OptionalInt highestTargetSince(Duration time);

    /** How many replicas served at this time; empty before the record begins. */
    OptionalInt readyAt(Duration time);
}
