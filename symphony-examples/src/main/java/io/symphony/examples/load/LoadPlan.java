package io.symphony.examples.load;

import java.time.Duration;

/** What a run sends: which request, when, over how many connections, for how long, and how long an answer may take. */
public record LoadPlan(
        Request request, Schedule schedule, int connections, int threads, Duration length, Duration timeout) {
    /** A length that no run reaches. */
    public static final Duration WITHOUT_END = Duration.ofDays(10_000);

    public LoadPlan {
        require("connections", connections, connections >= 1);
        require("threads", threads, threads >= 1 && threads <= connections);
        require("length", length, !length.isNegative() && !length.isZero());
        require("timeout", timeout, !timeout.isNegative() && !timeout.isZero());
    }

    private static void require(String name, Object value, boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: more than 0, threads <= connections)");
        }
    }
}
