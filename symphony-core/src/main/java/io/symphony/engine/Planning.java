package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.Target;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import java.util.ArrayList;
import java.util.List;

/** The plan as it is being made, room by room, and the steps that more than one room takes. */
final class Planning {

    final Rules rules;
    final State learned;
    final Inputs inputs;
    final long now;

    RollOut rollOut;
    Fleet fleet;
    long highestNumber;
    Target target;
    Lull lull;
    Budget budget;
    Ration replacements;
    Regret regret;
    Backoff backoff;
    State.Survey survey;
    Consultation consultation = Consultation.NONE;

    private final List<Action> actions = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    Planning(Rules rules, State learned, Inputs inputs, long now) {
        this.rules = rules;
        this.learned = learned;
        this.inputs = inputs;
        this.now = now;
        this.rollOut = learned.rollOut();
        this.fleet = learned.fleet();
        this.highestNumber = learned.highestNumber();
        this.target = learned.target();
        this.lull = learned.lull();
        this.budget = learned.budget();
        this.replacements = learned.replacements();
        this.regret = learned.regret();
        this.backoff = learned.backoff();
        this.survey = learned.survey();
    }

    Plan plan() {
        State next = new State(
                rollOut,
                fleet,
                highestNumber,
                target,
                learned.ordered(),
                lull,
                budget,
                replacements,
                regret,
                backoff,
                survey,
                learned.reign(),
                learned.ending(),
                learned.beganNanos(),
                learned.tickedNanos(),
                learned.stalledNanos(),
                learned.goneNanos());
        return new Plan(next, actions, notes, consultation);
    }

    boolean leads() {
        return learned.reign().leads(now);
    }

    void surveyIfDue() {
        if (survey.isDue(now) && !learned.ending()) {
            order(new Action.Survey());
            survey = survey.sent();
        }
    }

    /** Its gate is shut, and what is inside may finish. */
    Replica draining(Replica replica, String reason) {
        say(replica.id(), Kind.DRAINING, reason);
        return replica.entered(Phase.DRAINING, now);
    }

    /** Only one errand may be out for a replica, so its stop waits for what is under way. */
    Replica stoppedIfDue(Replica replica) {
        if (replica.errand().underWay() || now - replica.errand().dueNanos() < 0) {
            return replica;
        }
        boolean failed = replica.checks().passedInRow() == 0;
        order(new Action.Stop(replica.id(), rules.grace(), failed));
        return replica.with(replica.errand().sent());
    }

    String inside(Replica replica) {
        int count = inputs.inside().applyAsInt(replica.id());
        return count + (count == 1 ? " request" : " requests");
    }

    void order(Action action) {
        actions.add(action);
    }

    void say(ReplicaId id, Kind kind, String text) {
        notes.add(Note.about(id, kind, text));
    }

    /** Says something that is counted, too. */
    void count(Decision decision, ReplicaId id, Kind kind, String text) {
        notes.add(Note.about(id, kind, text).counted(decision));
    }

    void count(Decision decision, Kind kind, String text) {
        notes.add(Note.general(kind, text).counted(decision));
    }

    void say(Kind kind, String text) {
        notes.add(Note.general(kind, text));
    }
}
