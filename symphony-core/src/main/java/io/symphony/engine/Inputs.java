package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.Load;
import java.util.function.ToIntFunction;

/**
 * What the request path contributes to a plan.
 *
 * @param load the record of the traffic
 * @param inside how many requests are inside a replica now
 */
record Inputs(Load load, ToIntFunction<ReplicaId> inside) {}
