package io.symphony.routing;

/** The first with room, so that the others can go home. */
record First(int room) implements RoutingPolicy {

    First {
        if (room < 1) {
            throw new IllegalArgumentException("room: " + room + " (expected: >= 1)");
        }
    }

    @Override
    public int choose(Candidates candidates, long ticket) {
        for (int index = 0; index < candidates.size(); index++) {
            if (candidates.inFlight(index) < room) {
                return index;
            }
        }
        return LeastConnections.POLICY.choose(candidates, ticket);
    }

    @Override
    public String toString() {
        return "first (room for " + room + ")";
    }
}
