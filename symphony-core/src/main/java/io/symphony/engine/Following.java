package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.scaling.Target;
import io.symphony.spi.Mandate;

/**
 * What is left to plan while somebody else decides: the fleet is what is found running, and who leaves is what the mandate
 * says. Nothing is started and nothing is stopped.
 */
final class Following {

    private final Planning plan;

    Following(Planning plan) {
        this.plan = plan;
    }

    void follow() {
        Fleet.Edit edit = plan.fleet.edit();
        for (Replica replica : plan.fleet) {
            if (isOurErrand(replica)) {
                edit.remove(replica.id()); // if it runs it will be found
            } else if (leaves(replica) && replica.phase() != Phase.DRAINING) {
                edit.put(replica.spared(plan.now));
            } else if (!leaves(replica) && replica.phase() == Phase.DRAINING) {
                edit.put(replica.entered(Phase.READY, plan.now));
            }
        }
        plan.fleet = edit.done();
        plan.learned.reign().mandate().ifPresent(this::adopt);
    }

    private boolean leaves(Replica replica) {
        return plan.learned.reign().dismisses(replica.id().number());
    }

    /** What we ordered ourselves, in a term that is over. */
    private static boolean isOurErrand(Replica replica) {
        return replica.phase() == Phase.STARTING || replica.phase() == Phase.STOPPING;
    }

    private void adopt(Mandate mandate) {
        plan.target =
                Target.undecided(mandate.decree().target(), plan.learned.reign().inWords());
    }
}
