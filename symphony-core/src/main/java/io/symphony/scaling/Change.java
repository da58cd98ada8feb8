package io.symphony.scaling;

import java.time.Instant;

/**
 * A change of how many replicas are wanted, with the reason in a sentence that has the numbers.
 *
 * <pre>{@code
 * acts.changes().forEach(System.out::println); // 2026-11-26T10:00:00Z 3 -> 5: 96 requests in the last 120 s ...
 * }</pre>
 */
public record Change(Instant at, int from, int to, String reason) {

    @Override
    public String toString() {
        return at + " " + from + " -> " + to + ": " + reason;
    }
}
