package io.symphony.examples;

import io.symphony.examples.load.Histogram;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** How many answers took how long, in steps of 1, 2, 5, 10 and so on, from the quickest to the slowest. */
record LatencySteps(List<Step> steps) {
    private static final int[] FACTORS = {1, 2, 5};
    private static final long FIRST_NANOS = 1_000;

    /** Those that took up to this long, and longer than the step before. */
    record Step(long boundNanos, long count) {
        /** The bound in milliseconds, such as 0.05 or 20. */
        String boundMillis() {
            return BigDecimal.valueOf(boundNanos, 6).stripTrailingZeros().toPlainString();
        }
    }

    static LatencySteps of(Histogram latencies) {
        if (latencies.count() == 0) {
            return new LatencySteps(List.of());
        }
        List<Step> steps = new ArrayList<>();
        long below = -1;
        for (long unit = FIRST_NANOS; below < latencies.most(); unit *= 10) {
            for (int factor : FACTORS) {
                long bound = unit * factor;
                if (bound >= latencies.least() && below < latencies.most()) {
                    steps.add(new Step(bound, latencies.between(below, bound)));
                    below = bound;
                }
            }
        }
        return new LatencySteps(steps);
    }

    /** The largest count of a step; 1 where there is none, to divide by. */
    long most() {
        return steps.stream().mapToLong(Step::count).max().orElse(1);
    }
}
