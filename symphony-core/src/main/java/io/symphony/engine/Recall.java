package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.spi.Event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The cheapest way up: those that leave only because fewer were needed, and still finish what is inside, are taken back.
 * They run and are well, so nothing has to start and no backoff holds.
 */
final class Recall {

    private final Planning plan;

    Recall(Planning plan) {
        this.plan = plan;
    }

    /** Takes back up to so many, those first that left last; returns how many came. */
    int recall(int missing) {
        if (missing <= 0 || plan.fleet.count(Phase.DRAINING) == 0) {
            return 0;
        }
        List<Replica> spares = new ArrayList<>();
        plan.fleet.forEach(replica -> {
            if (isRecallable(replica)) {
                spares.add(replica);
            }
        });
        spares.sort(Comparator.comparingLong((Replica each) -> plan.now - each.sinceNanos())
                .thenComparing(Replica::id));
        Fleet.Edit edit = plan.fleet.edit();
        spares.stream().limit(missing).forEach(each -> edit.put(back(each)));
        plan.fleet = edit.done();
        return Math.min(missing, spares.size());
    }

    private boolean isRecallable(Replica replica) {
        return replica.phase() == Phase.DRAINING
                && replica.spare()
                && replica.checks().failedInRow() == 0
                && plan.rollOut.isWanted(replica);
    }

    private Replica back(Replica replica) {
        plan.say(
                replica.id(),
                Kind.READY,
                "taken back with " + plan.inside(replica) + " inside, " + Words.seconds(plan.now - replica.sinceNanos())
                        + " after its gate was shut");
        return replica.entered(Phase.READY, plan.now);
    }
}
