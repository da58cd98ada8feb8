package io.symphony.routing;

/** The fewest inside; equals take turns among themselves, or the neighbour of a busy one would get its share, too. */
final class LeastConnections implements RoutingPolicy {

    static final LeastConnections POLICY = new LeastConnections();

    private LeastConnections() {}

    @Override
    public int choose(Candidates candidates, long ticket) {
        int fewest = Integer.MAX_VALUE;
        int equals = 0;
        for (int index = 0; index < candidates.size(); index++) {
            int inFlight = candidates.inFlight(index);
            equals = inFlight < fewest ? 1 : inFlight == fewest ? equals + 1 : equals;
            fewest = Math.min(fewest, inFlight);
        }
        return nth(candidates, fewest, Math.floorMod(ticket, equals));
    }

    /** The counts move while we look: where the one that was found is not there any more, the last look wins. */
    private static int nth(Candidates candidates, int atMost, int turn) {
        int found = 0;
        for (int index = 0, left = turn; index < candidates.size() && left >= 0; index++) {
            if (candidates.inFlight(index) <= atMost) {
                found = index;
                left--;
            }
        }
        return found;
    }

    @Override
    public String toString() {
        return "least-connections";
    }
}
