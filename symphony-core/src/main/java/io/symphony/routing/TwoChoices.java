package io.symphony.routing;

/** The less busy one of two different candidates, drawn from the ticket's hash: no random source is shared. */
final class TwoChoices implements RoutingPolicy {

    static final TwoChoices POLICY = new TwoChoices();

    private TwoChoices() {}

    @Override
    public int choose(Candidates candidates, long ticket) {
        int size = candidates.size();
        if (size == 1) {
            return 0;
        }
        long draw = Mix.of(ticket);
        int one = (int) (((draw >>> 32) * size) >>> 32);
        int step = 1 + (int) (((draw & 0xffff_ffffL) * (size - 1)) >>> 32);
        int other = (one + step) % size;
        return candidates.inFlight(other) < candidates.inFlight(one) ? other : one;
    }

    @Override
    public String toString() {
        return "two-choices";
    }
}
