package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.Comparison;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import io.symphony.rollout.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the replicas are to be made of, and how far the fleet has come on its way there. Immutable.
 *
 * @param wanted what new replicas are made of
 * @param former what to go back to; empty when there is nothing to go back from, or only replicas tell of it, which a
 *     former run left
 * @param stage where it stands
 * @param vetted how many new replicas have served well beside former ones: so many of those may leave
 * @param watchedSince since when all new replicas of this step serve
 * @param failures how many new replicas failed in this step
 * @param comparison how the new version did beside the former one
 * @param reason why it stands where it does
 * @param beganNanos when it was ordered
 */
public record RollOut(
        ServiceSpec wanted,
        Optional<ServiceSpec> former,
        RollOutStage stage,
        int vetted,
        OptionalLong watchedSince,
        int failures,
        Comparison comparison,
        String reason,
        long beganNanos) {

    static RollOut none(ServiceSpec spec, long now) {
        return begun(spec, Optional.empty(), "", now).at(RollOutStage.NONE, "there has been none");
    }

    private static RollOut begun(ServiceSpec wanted, Optional<ServiceSpec> former, String reason, long now) {
        return new RollOut(
                wanted, former, RollOutStage.RUNNING, 0, OptionalLong.empty(), 0, Comparison.NONE, reason, now);
    }

    /**
     * Another goal, of which some may serve already. What to go back to stays the version that was the last to have the
     * fleet for itself.
     */
    RollOut to(ServiceSpec goal, int serving, String why, long now) {
        Optional<ServiceSpec> known = compares() ? former.or(() -> Optional.of(wanted)) : Optional.of(wanted);
        return begun(goal, known, why, now).stepDone(serving, why);
    }

    /** Replicas of other versions were found, so a former run was on its way. */
    RollOut takenUp(String why, long now) {
        return begun(wanted, Optional.empty(), why, now);
    }

    /** Back to what was before; where nobody can say what that was, it goes no further. */
    RollOut back(String why, long now) {
        return former.map(goal -> begun(goal, Optional.empty(), why, now).at(RollOutStage.REVERTING, why))
                .orElseGet(() -> at(
                        RollOutStage.PAUSED,
                        why + "; nobody knows what the former replicas were made of, so it"
                                + " stops here: order another roll-out, or resume this one"));
    }

    /** What was held against it is forgotten: whoever orders that has decided. */
    RollOut resumed(String why) {
        return new RollOut(
                wanted,
                former,
                RollOutStage.RUNNING,
                vetted,
                OptionalLong.empty(),
                0,
                Comparison.NONE,
                why,
                beganNanos);
    }

    RollOut at(RollOutStage next, String why) {
        return new RollOut(wanted, former, next, vetted, OptionalLong.empty(), failures, comparison, why, beganNanos);
    }

    boolean isUnderWay() {
        return stage.isUnderWay();
    }

    boolean isRunning() {
        return stage == RollOutStage.RUNNING;
    }

    /** Whether the new version is held against the former one. */
    boolean compares() {
        return isRunning() || stage == RollOutStage.PAUSED;
    }

    boolean isWanted(Replica replica) {
        return replica.version().equals(wanted.version());
    }

    /** How many replicas of the wanted version serve. */
    public int readyIn(Fleet fleet) {
        int ready = 0;
        for (Replica replica : fleet) {
            ready += isWanted(replica) && replica.phase() == Phase.READY ? 1 : 0;
        }
        return ready;
    }

    /** A new replica did not come up, or fell. */
    RollOut stumbledOver(Replica replica, String how) {
        if (!isRunning() || !isWanted(replica)) {
            return this;
        }
        return new RollOut(
                wanted,
                former,
                stage,
                vetted,
                OptionalLong.empty(),
                failures + 1,
                comparison,
                replica.id() + " " + how,
                beganNanos);
    }

    RollOut watchedSince(OptionalLong since) {
        return new RollOut(wanted, former, stage, vetted, since, failures, comparison, reason, beganNanos);
    }

    /** So many have served well for long enough. */
    RollOut stepDone(int well, String progress) {
        return new RollOut(wanted, former, stage, well, OptionalLong.empty(), 0, comparison, progress, beganNanos);
    }

    /** With one more beat of what each replica did. */
    RollOut after(Map<ReplicaId, Sample> beat, Fleet.Edit fleet, RollOutPolicy policy, long now) {
        List<Sample> newcomers = new ArrayList<>();
        List<Sample> settled = new ArrayList<>();
        List<Sample> formers = new ArrayList<>();
        beat.forEach((id, sample) -> {
            Replica replica =
                    fleet.find(id).filter(each -> each.phase() == Phase.READY).orElse(null);
            if (replica == null) {
                return;
            }
            if (!isWanted(replica)) {
                formers.add(sample);
                return;
            }
            newcomers.add(sample);
            if (now - replica.sinceNanos() > policy.settle().toNanos()) {
                settled.add(sample);
            }
        });
        Comparison next = comparison.after(newcomers, settled, formers, policy);
        return new RollOut(wanted, former, stage, vetted, watchedSince, failures, next, reason, beganNanos);
    }
}
