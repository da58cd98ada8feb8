package io.symphony.routing;

/**
 * The highest score of (key, replica) wins. A replica's name is hashed once a membership; a choice is then one
 * multiplication chain a candidate.
 */
final class Rendezvous implements RoutingPolicy {

    static final RoutingPolicy UNPREPARED = new Rendezvous(new long[0]);

    private final long[] names;

    private Rendezvous(long[] names) {
        this.names = names;
    }

    @Override
    public RoutingPolicy over(Candidates members) {
        long[] hashed = new long[members.size()];
        for (int i = 0; i < hashed.length; i++) {
            hashed[i] = Mix.of(
                    31L * members.id(i).service().hashCode() + members.id(i).number());
        }
        return new Rendezvous(hashed);
    }

    @Override
    public int choose(Candidates candidates, long ticket) {
        if (names.length == 0) {
            return over(candidates).choose(candidates, ticket);
        }
        int best = 0;
        long highest = Long.MIN_VALUE;
        for (int i = 0; i < names.length; i++) {
            long score = Mix.of(ticket ^ names[i]);
            if (score > highest) {
                highest = score;
                best = i;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return "hash";
    }
}
