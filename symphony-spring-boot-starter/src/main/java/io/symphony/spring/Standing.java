package io.symphony.spring;

import io.symphony.Status;
import java.util.List;
import java.util.Locale;

/** A status as the endpoint shows it: the names and words of the admin listener's {@code /status}. */
record Standing(
        String service,
        int target,
        int ready,
        long rps,
        String reason,
        List<ReplicaLine> replicas,
        Counts requests,
        List<String> events) {

    record ReplicaLine(
            String id,
            String phase,
            String endpoint,
            int inFlight,
            long requests,
            long failures,
            String version,
            String since) {

        static ReplicaLine of(Status.ReplicaStatus replica) {
            return new ReplicaLine(
                    replica.id().toString(),
                    replica.phase().name().toLowerCase(Locale.ROOT),
                    replica.endpoint().map(Object::toString).orElse(""),
                    replica.inFlight(),
                    replica.requests(),
                    replica.failures(),
                    replica.version(),
                    replica.since().toString());
        }
    }

    record Counts(long accepted, long completed, long abandoned, long shed, long failed) {

        static Counts of(Status.Requests requests) {
            return new Counts(
                    requests.accepted(),
                    requests.completed(),
                    requests.abandoned(),
                    requests.shed(),
                    requests.failed());
        }
    }

    static Standing of(Status status, List<String> events) {
        return new Standing(
                status.service(),
                status.target(),
                status.ready(),
                status.rps(),
                status.reason(),
                status.replicas().stream().map(ReplicaLine::of).toList(),
                Counts.of(status.requests()),
                events);
    }
}
