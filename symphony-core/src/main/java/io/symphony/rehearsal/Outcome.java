package io.symphony.rehearsal;

import io.symphony.scaling.Change;
import java.util.List;
import java.util.Locale;

/**
 * What came of a rehearsal.
 *
 * @param policy the policy's name for itself
 * @param requests how many came
 * @param late how many were answered after the objective, or never
 * @param shed how many of these were refused, or left because they had waited too long
 * @param replicaSeconds what it cost: for how long replicas were there, whatever they did
 * @param changes how many replicas were started or stopped
 * @param decisions the last 500 changes of the number that was wanted, with their reasons
 * @param moments each second of it
 */
public record Outcome(
        String policy,
        long requests,
        long late,
        long shed,
        double replicaSeconds,
        long changes,
        List<Change> decisions,
        List<Moment> moments) {

    public Outcome {
        decisions = List.copyOf(decisions);
        moments = List.copyOf(moments);
    }

    /** Which part of the requests was answered after the objective, or never. */
    public double lateShare() {
        return requests == 0 ? 0 : (double) late / requests;
    }

    /** How many replicas there were on the average. */
    public double meanReplicas() {
        return moments.isEmpty() ? 0 : replicaSeconds / moments.size();
    }

    /** How many replicas served at most. */
    public int mostReady() {
        return moments.stream().mapToInt(Moment::ready).max().orElse(0);
    }

    /** How many requests waited at most, seen once a second. */
    public long mostWaiting() {
        return moments.stream().mapToLong(Moment::waiting).max().orElse(0);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %d requests, %.2f %% late, %d shed, %.0f replica-seconds, %d changes",
                policy,
                requests,
                100 * lateShare(),
                shed,
                replicaSeconds,
                changes);
    }
}
