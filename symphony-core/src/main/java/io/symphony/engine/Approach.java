package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The way from as many as there are to as many as there are to be: who is started, who leaves. */
final class Approach {

    private final Planning plan;
    private final Rules rules;

    Approach(Planning plan) {
        this.plan = plan;
        this.rules = plan.rules;
    }

    void approach() {
        int missing = plan.target.replicas() - plan.fleet.counting();
        if (missing > 0) {
            grow(missing);
        } else if (missing < 0 && !rules.fixedPool()) {
            shrink(-missing);
        }
    }

    private void grow(int missing) {
        if (rules.fixedPool() || !plan.survey.done() || plan.backoff.holds(plan.now)) {
            return;
        }
        Fleet.Edit edit = plan.fleet.edit();
        for (int i = 0; i < startable(missing); i++) {
            ReplicaId id = new ReplicaId(plan.learned.spec().name(), ++plan.highestNumber);
            edit.put(Replica.starting(id, plan.learned.spec().version(), plan.now));
            plan.order(new Action.Start(id, plan.learned.spec()));
            plan.say(
                    id,
                    Kind.STARTING,
                    "started, because " + plan.fleet.counting() + " of " + plan.target.replicas() + " are there");
        }
        plan.fleet = edit.done();
    }

    /** While starts fail and nothing serves, one at a time finds out whether they still do. */
    private int startable(int missing) {
        boolean doubtful = plan.backoff.failures() > 0 && plan.fleet.count(Phase.READY) == 0;
        return doubtful ? Math.min(missing, plan.fleet.counting() == 0 ? 1 : 0) : missing;
    }

    /**
     * First those that do not serve yet, the youngest first; then those with the fewest requests inside. A start that is
     * under way is held against the surplus and waited for, since only one errand may be out for a replica.
     */
    private void shrink(int surplus) {
        int toGo = surplus - plan.fleet.count(Phase.STARTING);
        if (toGo <= 0) {
            return;
        }
        List<Candidate> candidates = new ArrayList<>();
        plan.fleet.forEach(replica -> {
            if (replica.phase() == Phase.WARMING || replica.phase() == Phase.READY) {
                candidates.add(new Candidate(replica, plan.inputs.inside().applyAsInt(replica.id())));
            }
        });
        candidates.sort(Candidate.FIRST_TO_GO);
        Fleet.Edit edit = plan.fleet.edit();
        candidates.stream().limit(toGo).forEach(each -> edit.put(leaving(each.replica())));
        plan.fleet = edit.done();
    }

    /** One that may go, and how many were inside when we looked: requests come and go while we sort. */
    private record Candidate(Replica replica, int inside) {
        static final Comparator<Candidate> FIRST_TO_GO = Comparator.<Candidate, Phase>comparing(
                        each -> each.replica().phase())
                .thenComparingInt(Candidate::inside)
                .thenComparing(each -> each.replica().id(), Comparator.reverseOrder());
    }

    private Replica leaving(Replica replica) {
        if (replica.phase() == Phase.READY) {
            return plan.draining(replica, "leaves with " + plan.inside(replica) + " inside, the fewest");
        }
        plan.say(replica.id(), Kind.STOPPING, "not needed any more, before it was well");
        return plan.stoppedIfDue(replica.entered(Phase.STOPPING, plan.now));
    }
}
