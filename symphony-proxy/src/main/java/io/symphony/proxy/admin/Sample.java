package io.symphony.proxy.admin;

import java.time.Duration;
import java.time.Instant;

/**
 * One second, as the charts show it. The latencies are those of the last seconds, since a single one may have too few
 * requests to speak of percentiles.
 *
 * @param rps requests of this second
 * @param errors those of them that went wrong for their clients
 */
record Sample(Instant at, long rps, long errors, Duration p50, Duration p95, Duration p99, int target, int ready) {

    private static final double NANOS_PER_MILLI = 1e6;

    static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }

    /** As a row of numbers: milliseconds since 1970, then the columns in their order. */
    Json writeRow(Json json) {
        return json.array()
                .value(at.toEpochMilli())
                .value(rps)
                .value(errors)
                .value(millis(p50))
                .value(millis(p95))
                .value(millis(p99))
                .value(target)
                .value(ready)
                .endArray();
    }
}
