package io.symphony.engine;

import io.symphony.fleet.Checks;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.ScalingView;
import io.symphony.scaling.Target;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** One making of a plan: first what each replica needs, then how many there are to be, then the way there. */
final class Planning {

    private static final long SOONEST_CHECK = Duration.ofMillis(20).toNanos();

    private final Rules rules;
    private final State learned;
    private final Inputs inputs;
    private final long now;
    private final List<Action> actions = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    private Fleet fleet;
    private long highestNumber;
    private Target target;
    private Backoff backoff;
    private State.Survey survey;

    Planning(Rules rules, State learned, Inputs inputs, long now) {
        this.rules = rules;
        this.learned = learned;
        this.inputs = inputs;
        this.now = now;
        this.fleet = learned.fleet();
        this.highestNumber = learned.highestNumber();
        this.target = learned.target();
        this.backoff = learned.backoff();
        this.survey = learned.survey();
    }

    Plan plan() {
        State next = new State(
                learned.spec(),
                fleet,
                highestNumber,
                target,
                learned.ordered(),
                backoff,
                survey,
                learned.ending(),
                learned.beganNanos(),
                learned.tickedNanos(),
                learned.stalledNanos(),
                learned.goneNanos());
        return new Plan(next, actions, notes);
    }

    @SuppressWarnings("ReferenceEquality") // an untouched replica comes back as the same object
    void tendEach() {
        Fleet.Edit edit = fleet.edit();
        for (int i = 0; i < fleet.size(); i++) {
            Replica replica = fleet.at(i);
            Replica tended = tended(replica);
            if (tended != replica) {
                edit.put(tended);
            }
        }
        fleet = edit.done();
    }

    private Replica tended(Replica replica) {
        switch (replica.phase()) {
            case WARMING:
                return isOver(replica, rules.health().startTimeout()) ? givenUp(replica) : probedIfDue(replica);
            case READY:
                return probedIfDue(replica);
            case SUSPECT:
                return mayLeave(replica) ? relieved(replica) : probedIfDue(replica);
            case DRAINING:
                return isOver(replica, rules.drain()) ? cutShort(replica) : replica;
            case STOPPING:
                return stoppedIfDue(replica);
            case STARTING:
                return replica;
        }
        throw new AssertionError("unknown phase: " + replica.phase());
    }

    private boolean isOver(Replica replica, Duration allowed) {
        return now - replica.sinceNanos() > allowed.toNanos() && !rules.fixedPool();
    }

    private Replica givenUp(Replica replica) {
        backoff = backoff.failed(now);
        say(
                replica.id(),
                Kind.START_FAILED,
                "not well within "
                        + Words.seconds(rules.health().startTimeout().toNanos()) + " after "
                        + replica.checks().failedInRow() + " failed checks in a row; " + backoff.inWords(now));
        return stoppedIfDue(replica.entered(Phase.STOPPING, now));
    }

    private Replica probedIfDue(Replica replica) {
        Checks checks = replica.checks();
        if (checks.underWay() || now - checks.dueNanos() < 0) {
            return replica;
        }
        Endpoint endpoint = Objects.requireNonNull(replica.address(), "a running replica has an address");
        actions.add(new Action.Probe(replica.id(), endpoint));
        return replica.with(checks.begun(now + untilNextCheck(replica)));
    }

    /**
     * A replica that comes up is asked more often than one that serves: after an eighth of the time that it has taken so
     * far, so that hardly any of it is wasted, however long it takes.
     */
    private long untilNextCheck(Replica replica) {
        long interval = rules.health().interval().toNanos();
        if (replica.phase() != Phase.WARMING) {
            return interval;
        }
        return Math.min(interval, Math.max(SOONEST_CHECK, (now - replica.sinceNanos()) / 8));
    }

    /** One that does not answer has nothing to give; one that limps stays while the fleet is lame. */
    private boolean mayLeave(Replica replica) {
        boolean needed = replica.limps() && fleet.isLame() && !learned.ending();
        return !needed && !rules.fixedPool();
    }

    private Replica relieved(Replica replica) {
        return draining(replica, "leaves and is replaced, with " + inside(replica) + " inside");
    }

    private Replica draining(Replica replica, String reason) {
        say(replica.id(), Kind.DRAINING, reason);
        return replica.entered(Phase.DRAINING, now);
    }

    private Replica cutShort(Replica replica) {
        say(
                replica.id(),
                Kind.STOPPING,
                "stopped with " + inside(replica) + " inside, "
                        + Words.seconds(rules.drain().toNanos()) + " after its gate was shut");
        return stoppedIfDue(replica.entered(Phase.STOPPING, now));
    }

    private Replica stoppedIfDue(Replica replica) {
        if (replica.errand().underWay() || now - replica.errand().dueNanos() < 0) {
            return replica;
        }
        boolean failed = replica.checks().passedInRow() == 0;
        actions.add(new Action.Stop(replica.id(), rules.grace(), failed));
        return replica.with(replica.errand().sent());
    }

    void decideTarget() {
        Target decided = decided();
        if (decided.replicas() != target.replicas()) {
            notes.add(Note.general(
                    Kind.SCALED, target.replicas() + " -> " + decided.replicas() + ": " + decided.reason()));
        }
        target = decided;
    }

    private Target decided() {
        if (learned.ending()) {
            return new Target(0, "the orchestrator ends");
        }
        if (rules.fixedPool()) {
            return new Target(fleet.size(), "a fixed pool");
        }
        if (learned.ordered().isPresent()) {
            return new Target(learned.ordered().getAsInt(), "ordered by hand");
        }
        return asked().within(rules.min(), rules.max());
    }

    /** A policy is somebody else's code: when it throws, the last target stands. */
    private Target asked() {
        int starting = fleet.count(Phase.STARTING) + fleet.count(Phase.WARMING);
        ScalingView view = new ScalingView(
                Duration.ofNanos(now - learned.beganNanos()),
                inputs.load(),
                fleet.count(Phase.READY),
                starting,
                target.replicas(),
                rules.min(),
                rules.max());
        try {
            return Objects.requireNonNull(rules.scaling().decide(view), "it returned null");
        } catch (RuntimeException e) {
            String reason = "kept, because the scaling policy failed: " + e;
            if (!reason.equals(target.reason())) {
                notes.add(Note.general(Kind.TROUBLE, reason));
            }
            return new Target(target.replicas(), reason);
        }
    }

    void approachTarget() {
        int missing = target.replicas() - fleet.counting();
        if (missing > 0) {
            grow(missing);
        } else if (missing < 0 && !rules.fixedPool()) {
            shrink(-missing);
        }
    }

    private void grow(int missing) {
        if (rules.fixedPool() || !survey.done() || backoff.holds(now)) {
            return;
        }
        Fleet.Edit edit = fleet.edit();
        for (int i = 0; i < startable(missing); i++) {
            ReplicaId id = new ReplicaId(learned.spec().name(), ++highestNumber);
            edit.put(Replica.starting(id, learned.spec().version(), now));
            actions.add(new Action.Start(id, learned.spec()));
            say(id, Kind.STARTING, "started, because " + fleet.counting() + " of " + target.replicas() + " are there");
        }
        fleet = edit.done();
    }

    /** While starts fail and nothing serves, one at a time finds out whether they still do. */
    private int startable(int missing) {
        boolean doubtful = backoff.failures() > 0 && fleet.count(Phase.READY) == 0;
        return doubtful ? Math.min(missing, fleet.counting() == 0 ? 1 : 0) : missing;
    }

    /**
     * First those that do not serve yet, the youngest first; then those with the fewest requests inside. A start that is
     * under way is held against the surplus and waited for, since only one errand may be out for a replica.
     */
    private void shrink(int surplus) {
        int toGo = surplus - fleet.count(Phase.STARTING);
        if (toGo <= 0) {
            return;
        }
        List<Candidate> candidates = new ArrayList<>();
        fleet.forEach(replica -> {
            if (replica.phase() == Phase.WARMING || replica.phase() == Phase.READY) {
                candidates.add(new Candidate(replica, inputs.inside().applyAsInt(replica.id())));
            }
        });
        candidates.sort(Candidate.FIRST_TO_GO);
        Fleet.Edit edit = fleet.edit();
        candidates.stream().limit(toGo).forEach(each -> edit.put(leaving(each.replica())));
        fleet = edit.done();
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
            return draining(replica, "leaves with " + inside(replica) + " inside, the fewest");
        }
        say(replica.id(), Kind.STOPPING, "not needed any more, before it was well");
        return stoppedIfDue(replica.entered(Phase.STOPPING, now));
    }

    void surveyIfDue() {
        if (survey.isDue(now) && !learned.ending()) {
            actions.add(new Action.Survey());
            survey = survey.sent();
        }
    }

    private String inside(Replica replica) {
        int count = inputs.inside().applyAsInt(replica.id());
        return count + (count == 1 ? " request" : " requests");
    }

    private void say(ReplicaId id, Kind kind, String text) {
        notes.add(Note.about(id, kind, text));
    }
}
