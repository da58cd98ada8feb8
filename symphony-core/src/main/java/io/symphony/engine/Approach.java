package io.symphony.engine;

import io.symphony.engine.Succession.Moves;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.Event.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The way from as many as there are to as many as there are to be: who is started, who leaves. */
final class Approach {

    private final Planning plan;
    private final Rules rules;
    private final Moves moves;

    Approach(Planning plan, Moves moves) {
        this.plan = plan;
        this.rules = plan.rules;
        this.moves = moves;
    }

    void approach() {
        if (rules.fixedPool()) {
            return;
        }
        RollOut rollOut = plan.rollOut;
        shrink(moves.dropOthers(), each -> !rollOut.isWanted(each));
        shrink(moves.dropWanted(), rollOut::isWanted);
        int back = new Recall(plan).recall(moves.startWanted());
        grow(moves.startWanted() - back, rollOut.wanted());
        rollOut.former().ifPresent(spec -> grow(moves.startFormer(), spec));
    }

    private void grow(int missing, ServiceSpec spec) {
        if (!plan.survey.isAnswered() || plan.backoff.holds(plan.now)) {
            return;
        }
        Fleet.Edit edit = plan.fleet.edit();
        for (int i = 0; i < startable(missing); i++) {
            ReplicaId id = new ReplicaId(spec.name(), ++plan.highestNumber);
            edit.put(Replica.starting(id, spec.version(), plan.now));
            plan.order(new Action.Start(id, spec));
            plan.say(id, Kind.STARTING, "started" + why(spec));
        }
        plan.fleet = edit.done();
    }

    private String why(ServiceSpec spec) {
        int standIns = StandIns.of(plan).wanted();
        String count = plan.fleet.counting() + " of " + plan.target.replicas() + " are there"
                + (standIns == 0
                        ? ""
                        : ", and " + standIns + (standIns == 1 ? " misses its" : " miss their") + " checks");
        if (!plan.rollOut.isUnderWay()) {
            return ", because " + count;
        }
        return " from version " + spec.version() + "; " + count;
    }

    /** While starts fail and nothing serves, one at a time finds out whether they still do. */
    private int startable(int missing) {
        boolean doubtful = plan.backoff.failures() > 0 && plan.fleet.count(Phase.READY) == 0;
        return Math.min(missing, doubtful ? (plan.fleet.counting() == 0 ? 1 : 0) : room());
    }

    /** A step of a roll-out comes on top of the maximum. Who is surplus but still starts takes a place until then. */
    private int room() {
        int step = plan.rollOut.isUnderWay() ? rules.rollOut().stepOf(rules.max()) : 0;
        return Math.max(0, rules.max() + step - plan.fleet.counting());
    }

    /**
     * First those that do not serve yet, the youngest first; then those that miss their checks; then those with the
     * fewest requests inside. A start that is under way is held against the surplus and waited for, since only one errand
     * may be out for a replica.
     */
    private void shrink(int surplus, Predicate<Replica> among) {
        if (surplus == 0) {
            return;
        }
        int starting = 0;
        List<Candidate> candidates = new ArrayList<>();
        for (Replica replica : plan.fleet) {
            if (replica.phase().counts() && among.test(replica)) {
                starting += replica.phase() == Phase.STARTING ? 1 : 0;
                candidates.add(new Candidate(replica, plan.inputs.inside().applyAsInt(replica.id())));
            }
        }
        candidates.removeIf(each -> each.replica().phase() == Phase.STARTING);
        candidates.sort(Candidate.FIRST_TO_GO);
        Fleet.Edit edit = plan.fleet.edit();
        candidates.stream().limit(Math.max(0, surplus - starting)).forEach(each -> edit.put(leaving(each.replica())));
        plan.fleet = edit.done();
    }

    /** One that may go, and how many were inside when we looked: requests come and go while we sort. */
    private record Candidate(Replica replica, int inside) {
        static final Comparator<Candidate> FIRST_TO_GO = Comparator.<Candidate, Phase>comparing(
                        each -> each.replica().phase())
                .thenComparing(each -> !each.replica().ejection().isRelieved())
                .thenComparingInt(Candidate::inside)
                .thenComparing(each -> each.replica().id(), Comparator.reverseOrder());
    }

    private Replica leaving(Replica replica) {
        if (replica.phase() != Phase.READY) {
            plan.say(replica.id(), Kind.STOPPING, "not needed any more, before it was well");
            return plan.stoppedIfDue(replica.entered(Phase.STOPPING, plan.now));
        }
        String inside = plan.inside(replica) + " inside";
        if (plan.rollOut.isWanted(replica)) {
            plan.say(replica.id(), Kind.DRAINING, "leaves with " + inside + ", the fewest");
            return replica.spared(plan.now);
        }
        String version = plan.rollOut.wanted().version();
        return plan.draining(replica, "makes room for version " + version + ", with " + inside);
    }
}
