package io.symphony.routing;

/** Each in turn; {@code floorMod} keeps the order when the ticket wraps around. */
final class RoundRobin implements RoutingPolicy {

    static final RoundRobin POLICY = new RoundRobin();

    private RoundRobin() {}

    @Override
    public int choose(Candidates candidates, long ticket) {
        return Math.floorMod(ticket, candidates.size());
    }

    @Override
    public String toString() {
        return "round-robin";
    }
}
