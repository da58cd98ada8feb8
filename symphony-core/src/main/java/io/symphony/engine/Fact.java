package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.FailureReason;
import io.symphony.rollout.Sample;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.ProbeResult;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Something that happened outside, as the control side learns it. Nothing else changes its mind. */
public sealed interface Fact {

    /** A start that was ordered has come about. */
    record Started(ReplicaId id, Endpoint endpoint) implements Fact {}

    /** A start that was ordered has not come about. */
    record StartFailed(ReplicaId id, String reason) implements Fact {}

    /** A check has ended. */
    record Probed(ReplicaId id, ProbeResult result) implements Fact {}

    /** A shut slot is empty. */
    record Drained(ReplicaId id) implements Fact {}

    /** A replica is gone because we ordered it; with its last output where somebody wants to see it. */
    record Stopped(ReplicaId id, String output) implements Fact {}

    /** A stop that was ordered has not come about. */
    record StopFailed(ReplicaId id, String reason) implements Fact {}

    /** A replica has ended by itself. */
    record Vanished(ReplicaId id, String reason) implements Fact {}

    /** Requests that failed at a replica have put it out of the rotation. */
    record Ejected(ReplicaId id, FailureReason reason, int failures, String detail) implements Fact {}

    /** Requests are inside a replica and it answers none, while the others answer. */
    record Hung(ReplicaId id, int inside, long silentNanos, long othersAnswered) implements Fact {}

    /** A replica that had fallen silent has answered a request. */
    record Revived(ReplicaId id) implements Fact {}

    /** A replica that has missed a check has answered a request since. */
    record Answered(ReplicaId id) implements Fact {}

    /** All that runs of ours, as it stood at some moment after {@code askedNanos}. */
    record Surveyed(List<Sighting> sightings, long askedNanos) implements Fact {
        public Surveyed {
            sightings = List.copyOf(sightings);
        }
    }

    /** The runtime could not say what runs. */
    record SurveyFailed(String reason) implements Fact {}

    /** Somebody wants this many replicas, or, when empty, what the policy says. */
    record ScaleOrdered(OptionalInt replicas) implements Fact {}

    /** Somebody wants this replica to leave. */
    record DrainOrdered(ReplicaId id) implements Fact {}

    /** Somebody wants the replicas to be made of this. */
    record RollOutOrdered(ServiceSpec spec) implements Fact {}

    /** Somebody wants the roll-out that is under way to stop for a while, to go on, or to go back. */
    record RollOutSteered(Course course) implements Fact {
        /** What is to become of a roll-out. */
        public enum Course {
            PAUSE,
            RESUME,
            ABORT
        }
    }

    /** What the replicas did in the last beat, while versions are compared. */
    record Measured(Map<ReplicaId, Sample> beat) implements Fact {
        public Measured {
            beat = Map.copyOf(beat);
        }
    }

    /** The record that several orchestrators share was read or written. */
    record Mandated(Reign reign) implements Fact {}

    /** A request found nobody to serve it, where none may be. */
    record Arrived() implements Fact {}

    /** The orchestrator ends and takes its replicas along. */
    record EndOrdered() implements Fact {}
}
