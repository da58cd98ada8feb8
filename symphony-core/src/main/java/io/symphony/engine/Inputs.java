package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.Load;
import io.symphony.scaling.Past;
import io.symphony.scaling.Sample;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToIntFunction;

/**
 * What is measured and remembered outside of the state and contributes to a plan.
 *
 * @param sample what this tick measured
 * @param load the record of the traffic
 * @param past the record of former decisions
 * @param timeToReady how long replicas took until they served
 * @param granted how many replicas a quota leaves us, if there is one
 * @param inside how many requests are inside a replica now
 */
record Inputs(
        Sample sample,
        Load load,
        Past past,
        Optional<Duration> timeToReady,
        OptionalInt granted,
        ToIntFunction<ReplicaId> inside) {}
