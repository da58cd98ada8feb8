package io.symphony.proxy.admin;

import io.symphony.Status;
import io.symphony.proxy.Latency;
import io.symphony.proxy.ListenerDurations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Makes samples: what a second added to the running sums. */
final class Seconds {

    /** How far back the percentiles reach. */
    private static final int WINDOW = 5;

    private final Deque<Latency> earlier = new ArrayDeque<>();
    private long errorsBefore;
    private boolean first = true;

    Sample sample(Instant now, Status status, Optional<ListenerDurations> durations) {
        long errors = Subject.errors(status, durations);
        long more = first ? 0 : errors - errorsBefore;
        errorsBefore = errors;
        first = false;
        Optional<Latency> recent = Subject.latency(durations).map(this::recent);
        return new Sample(
                now,
                status.rps(),
                more,
                quantile(recent, 0.50),
                quantile(recent, 0.95),
                quantile(recent, 0.99),
                status.target(),
                status.ready());
    }

    private Latency recent(Latency now) {
        earlier.addLast(now);
        if (earlier.size() > WINDOW + 1) {
            earlier.removeFirst();
        }
        return now.since(earlier.getFirst());
    }

    private static Duration quantile(Optional<Latency> latency, double share) {
        return latency.map(each -> each.quantile(share)).orElse(Duration.ZERO);
    }
}
