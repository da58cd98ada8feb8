package io.symphony.routing;

import io.symphony.fleet.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Candidates from literals, and the counting of who is chosen. */
final class Members implements Candidates {

    private final List<ReplicaId> ids;
    private final int[] weights;
    private final int[] inside;

    private Members(List<ReplicaId> ids, int[] weights) {
        this.ids = ids;
        this.weights = weights;
        this.inside = new int[weights.length];
    }

    /** So many members, all alike. */
    static Members alike(int count) {
        return weighing(IntStream.range(0, count).map(each -> 1).toArray());
    }

    static Members weighing(int... weights) {
        return new Members(numbered(LongStream.rangeClosed(1, weights.length).toArray()), weights);
    }

    /** The members with these numbers. */
    static Members called(long... numbers) {
        int[] weights = new int[numbers.length];
        Arrays.fill(weights, 1);
        return new Members(numbered(numbers), weights);
    }

    private static List<ReplicaId> numbered(long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(number -> new ReplicaId("acts", number))
                .toList();
    }

    Members withInside(int... counts) {
        System.arraycopy(counts, 0, inside, 0, counts.length);
        return this;
    }

    /** How often each is chosen by a run of tickets when every request ends before the next comes. */
    List<Integer> shares(RoutingPolicy policy, long firstTicket, int requests) {
        List<Integer> choices = choices(policy, firstTicket, requests);
        return IntStream.range(0, size())
                .mapToObj(index -> Collections.frequency(choices, index))
                .toList();
    }

    List<Integer> choices(RoutingPolicy policy, long firstTicket, int requests) {
        RoutingPolicy prepared = policy.over(this);
        List<Integer> choices = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            choices.add(prepared.choose(this, firstTicket + i));
        }
        return choices;
    }

    /** How many are inside each when none of these requests ever ends. */
    List<Integer> fill(RoutingPolicy policy, int requests) {
        RoutingPolicy prepared = policy.over(this);
        for (int ticket = 0; ticket < requests; ticket++) {
            inside[prepared.choose(this, ticket)]++;
        }
        return IntStream.of(inside).boxed().toList();
    }

    @Override
    public int size() {
        return ids.size();
    }

    @Override
    public ReplicaId id(int index) {
        return ids.get(index);
    }

    @Override
    public int weight(int index) {
        return weights[index];
    }

    @Override
    public int inFlight(int index) {
        return inside[index];
    }
}
