package io.symphony;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Phase;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import io.symphony.rollout.RollOutStage;
import io.symphony.routing.ShedReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot for a person or a dashboard.
 *
 * <pre>{@code
 * Status now = acts.status();
 * System.out.println(now.ready() + " of " + now.target() + " ready: " + now.reason());
 * }</pre>
 *
 * @param service the service's name
 * @param target how many replicas are wanted
 * @param reason why that many
 * @param ready how many serve
 * @param rps requests in the last second
 * @param waiting how many requests wait for a replica
 * @param entrance whether requests come in
 * @param rollOut what the replicas are to be made of, and how far that has come
 * @param replicas each of them
 * @param requests how the requests since the start ended
 */
public record Status(
        String service,
        int target,
        String reason,
        int ready,
        long rps,
        int waiting,
        Entrance entrance,
        RollOutStatus rollOut,
        List<ReplicaStatus> replicas,
        Requests requests) {

    public Status {
        replicas = List.copyOf(replicas);
    }

    /** How many replicas are in a phase. */
    public int count(Phase phase) {
        return (int) replicas.stream().filter(each -> each.phase() == phase).count();
    }

    /**
     * A roll-out; the last one where none is under way.
     *
     * @param stage where it stands
     * @param version the version that is wanted
     * @param former the version that it goes back to if need be
     * @param ready how many replicas of the wanted version serve
     * @param of how many there are to be
     * @param reason why it stands where it does
     * @param evidence how the new version did beside the former one, in numbers
     * @param since how long ago it began
     */
    public record RollOutStatus(
            RollOutStage stage,
            String version,
            Optional<String> former,
            int ready,
            int of,
            String reason,
            String evidence,
            Duration since) {}

    /**
     * One replica.
     *
     * @param id its name
     * @param phase where it stands in its life
     * @param endpoint where it answers, once it does
     * @param inFlight requests inside it now
     * @param requests requests that it was given
     * @param failures requests that failed at it
     * @param version the specification that it was made from
     * @param since how long it has been in its phase
     * @param outFor how much longer failing requests keep it out of the rotation, at most; empty where they do not
     * @param failedChecks how many of its last checks it failed in a row
     * @param share the part of what the busiest one holds that it may hold: less than 1 for one that is new or misses its
     *     checks, 0 for one that gets no requests
     */
    public record ReplicaStatus(
            ReplicaId id,
            Phase phase,
            Optional<Endpoint> endpoint,
            int inFlight,
            long requests,
            long failures,
            String version,
            Duration since,
            Optional<Duration> outFor,
            int failedChecks,
            double share) {}

    /**
     * Every accepted request ends in exactly one of four ways, and until then it is open: accepted is the sum of
     * completed, abandoned, shed, failed, open and unaccounted in every snapshot.
     *
     * @param accepted how many asked for a replica
     * @param completed how many were served
     * @param abandoned how many were given up by whoever sent them
     * @param shedBy how many were turned away, by the reason
     * @param failedBy how many failed, by the reason
     * @param open how many are inside a replica or wait for one
     * @param unaccounted how many were lost track of: 0, or there is a fault in us
     */
    public record Requests(
            long accepted,
            long completed,
            long abandoned,
            Map<ShedReason, Long> shedBy,
            Map<FailureReason, Long> failedBy,
            long open,
            long unaccounted) {

        /** How many were turned away. */
        public long shed() {
            return sum(shedBy);
        }

        /** How many failed. */
        public long failed() {
            return sum(failedBy);
        }

        private static long sum(Map<?, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
