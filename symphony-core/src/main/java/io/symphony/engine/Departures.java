package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;

/**
 * Which of the sick leave now. It comes once all else is planned, since it depends on how many are wanted and how many
 * there are then.
 */
final class Departures {

    private final Planning plan;
    private int standing;

    Departures(Planning plan) {
        this.plan = plan;
        this.standing = plan.fleet.count(Phase.READY) + plan.fleet.count(Phase.SUSPECT);
    }

    void decide() {
        plan.replacements = plan.replacements.refilled(plan.target.replicas(), plan.now);
        if (plan.rules.fixedPool() || plan.fleet.count(Phase.SUSPECT) == 0) {
            return;
        }
        Fleet.Edit edit = plan.fleet.edit();
        boolean lame = plan.fleet.isLame();
        for (Replica replica : plan.fleet) {
            if (replica.phase() == Phase.SUSPECT && (plan.learned.ending() || mayLeave(replica, lame))) {
                edit.put(leaving(replica));
            }
        }
        plan.fleet = edit.done();
    }

    /** One that does not answer has nothing to give; one that limps stays while the fleet is lame. */
    private boolean mayLeave(Replica replica, boolean lame) {
        boolean needed = lame && replica.limps();
        return !needed && standing > leastStanding() && plan.replacements.hasOne();
    }

    /**
     * Half of the fleet, those that serve and those that may again: checks may fail for a reason that lies in none of the
     * replicas. The only one leaves, or a fleet of one would never be healed where there is no room for two.
     */
    private int leastStanding() {
        int wanted = plan.target.replicas();
        return wanted <= 1 ? 0 : (wanted + 1) / 2;
    }

    private Replica leaving(Replica replica) {
        standing--;
        plan.replacements = plan.replacements.spent();
        String reason = "leaves and is replaced, with " + plan.inside(replica) + " inside";
        plan.count(Decision.REPLACED_SICK, replica.id(), Kind.DRAINING, reason);
        return replica.entered(Phase.DRAINING, plan.now);
    }
}
