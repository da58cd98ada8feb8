package io.symphony.routing;

/**
 * Each in turn in proportion to its weight. The schedule, one entry a unit of weight, is laid out once a membership by
 * nginx's smooth rule: every step each gains its weight, and the richest is chosen and pays the total.
 */
final class Weighted implements RoutingPolicy {

    static final RoutingPolicy UNPREPARED = new Weighted(new int[0]);

    private final int[] schedule;

    private Weighted(int[] schedule) {
        this.schedule = schedule;
    }

    @Override
    public RoutingPolicy over(Candidates members) {
        return new Weighted(smooth(members));
    }

    @Override
    public int choose(Candidates candidates, long ticket) {
        return schedule.length == 0
                ? over(candidates).choose(candidates, ticket)
                : schedule[Math.floorMod(ticket, schedule.length)];
    }

    private static int[] smooth(Candidates members) {
        int[] weights = new int[members.size()];
        int divisor = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = members.weight(i);
            divisor = greatestCommonDivisor(weights[i], divisor);
        }
        int total = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= divisor;
            total += weights[i];
        }
        int[] schedule = new int[total];
        int[] credit = new int[weights.length];
        for (int step = 0; step < total; step++) {
            schedule[step] = richestAfterPay(credit, weights, total);
        }
        return schedule;
    }

    private static int richestAfterPay(int[] credit, int[] weights, int total) {
        int richest = 0;
        for (int i = 0; i < credit.length; i++) {
            credit[i] += weights[i];
            if (credit[i] > credit[richest]) {
                richest = i;
            }
        }
        credit[richest] -= total;
        return richest;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    @Override
    public String toString() {
        return "weighted";
    }
}
