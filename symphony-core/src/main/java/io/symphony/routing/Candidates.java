package io.symphony.routing;

import io.symphony.fleet.ReplicaId;

/**
 * The replicas that may be chosen now, by index from 0, in the order in which they joined.
 *
 * <pre>{@code
 * RoutingPolicy idleFirst = (candidates, ticket) -> candidates.inFlight(0) == 0 ? 0 : candidates.size() - 1;
 * }</pre>
 */
public interface Candidates {

    /** How many there are; at least one. */
    int size();

    ReplicaId id(int index);

    /** The share of the requests that it should take; 1 unless somebody said otherwise. */
    int weight(int index);

    /** How many requests are inside it now. */
    int inFlight(int index);
}
