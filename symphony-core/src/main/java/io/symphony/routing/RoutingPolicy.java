package io.symphony.routing;

/**
 * Which replica takes a request. Pure and quick: it runs on the thread of the request, without a lock.
 *
 * <p>The ticket is the request's number in the order of arrival, or the hash of its affinity key. An own rule is a
 * lambda:
 *
 * <pre>{@code
 * RoutingPolicy newest = (candidates, ticket) -> candidates.size() - 1;
 * }</pre>
 */
@FunctionalInterface
public interface RoutingPolicy {

    /** The index of the chosen candidate: 0 to {@code candidates.size() - 1}. */
    int choose(Candidates candidates, long ticket);

    /**
     * The same rule, made ready for these members. Called when the membership changes and off the path of requests, so
     * a rule may compute a table here.
     */
    default RoutingPolicy over(Candidates members) {
        return this;
    }

    /** Each in turn. Over any run of requests the counts differ by at most one. */
    static RoutingPolicy roundRobin() {
        return RoundRobin.POLICY;
    }

    /** Each in turn, in proportion to the weights, and as evenly spread as they allow. */
    static RoutingPolicy weighted() {
        return Weighted.UNPREPARED;
    }

    /** The one with the fewest requests inside; among equals, each in turn. */
    static RoutingPolicy leastConnections() {
        return LeastConnections.POLICY;
    }

    /** The less busy one of two picked at random: nearly as even as the fewest of all, and cheaper with many. */
    static RoutingPolicy twoChoices() {
        return TwoChoices.POLICY;
    }

    /**
     * The first one that has room, so that the last ones stay idle and can leave at no cost. Where none has room: the
     * one with the fewest inside.
     *
     * @param room how many requests inside count as full
     */
    static RoutingPolicy first(int room) {
        return new First(room);
    }

    /**
     * The same key to the same replica. When one joins or leaves, only the keys that it takes or had move (rendezvous
     * hashing). The ticket is the key's hash.
     */
    static RoutingPolicy hash() {
        return Rendezvous.UNPREPARED;
    }
}
