package io.symphony.proxy.admin;

import io.symphony.Orchestrator;
import io.symphony.Status;
import io.symphony.proxy.DurationHistogram;
import io.symphony.proxy.DurationSeries;
import io.symphony.proxy.Latency;
import io.symphony.proxy.Listener;
import io.symphony.proxy.ListenerDurations;
import java.util.List;
import java.util.Optional;

/** What is looked at: an orchestrator, and the listener in front of it where there is one. */
record Subject(Orchestrator orchestrator, Optional<Listener> listener) {

    Status status() {
        return orchestrator.status();
    }

    Optional<ListenerDurations> durations() {
        return listener.map(Listener::durations);
    }

    /**
     * The requests that went wrong for their clients since the beginning: answered with a 5xx, whoever made it, or cut
     * short. Without a listener, those that the orchestrator knows of.
     */
    static long errors(Status status, Optional<ListenerDurations> durations) {
        return durations
                .map(ListenerDurations::server)
                .map(Subject::errors)
                .orElseGet(() -> status.requests().failed() + status.requests().shed());
    }

    private static long errors(List<DurationSeries> served) {
        return served.stream()
                .filter(each -> each.status() >= 500
                        || each.errorType().filter("truncated"::equals).isPresent())
                .map(DurationSeries::durations)
                .mapToLong(DurationHistogram::count)
                .sum();
    }

    static Optional<Latency> latency(Optional<ListenerDurations> durations) {
        return durations.map(ListenerDurations::serverLatency);
    }
}
