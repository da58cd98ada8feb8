package io.symphony.routing;

/** The fewest inside; the ticket turns the place where the search begins, so that equals take turns. */
final class LeastConnections implements RoutingPolicy {

    static final LeastConnections POLICY = new LeastConnections();

    private LeastConnections() {}

    @Override
    public int choose(Candidates candidates, long ticket) {
        int size = candidates.size();
        int index = Math.floorMod(ticket, size);
        int best = index;
        int fewest = candidates.inFlight(index);
        for (int step = 1; step < size && fewest > 0; step++) {
            index = index + 1 == size ? 0 : index + 1;
            int inFlight = candidates.inFlight(index);
            if (inFlight < fewest) {
                fewest = inFlight;
                best = index;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return "least-connections";
    }
}
