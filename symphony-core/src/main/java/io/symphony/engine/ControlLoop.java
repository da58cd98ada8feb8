package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.Change;
import io.symphony.scaling.Deliberation;
import io.symphony.scaling.ReplicaQuota;
import io.symphony.scaling.Target;
import io.symphony.spi.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The single writer: it owns the state, and one tick is the whole of the control side. Its thread does no I/O and calls
 * nothing that blocks. It knows no clock; whoever calls {@link #tick} says what time it is.
 */
public final class ControlLoop {

    private final Rules rules;
    private final Planner planner;
    private final Measurements measurements;
    private final Dispatcher<?> dispatcher;
    private final Effects effects;
    private final Consumer<Note> notes;
    private final StartTimes startTimes = new StartTimes();
    private final Changes changes = new Changes();
    private final Slots slots = new Slots();
    private final Beats beats = new Beats();
    private final Silence silence;
    private final Easing easing;
    private final Overdue overdue;
    private Runnable onPublish = () -> {};
    private Audience audience = new Audience(List.of(), note -> {});
    private @Nullable Audit audit;
    private RollOutEnds rollOutEnds = new RollOutEnds(Runnable::run);
    private Consumer<Deliberation> recorder = each -> {};
    private ReplicaQuota.@Nullable Share share;
    private @Nullable Party party;
    private OptionalInt granted = OptionalInt.empty();
    private boolean led = true;
    private volatile State state;

    public ControlLoop(
            ServiceSpec spec,
            Rules rules,
            Dispatcher<?> dispatcher,
            Meters meters,
            Effects effects,
            Consumer<Note> notes,
            long now) {
        this.rules = rules;
        this.planner = new Planner(rules);
        this.dispatcher = dispatcher;
        this.effects = effects;
        this.notes = notes;
        this.silence = new Silence(rules.health().ejection().silence());
        this.easing = new Easing(rules.health());
        this.overdue = new Overdue(rules.overdue(), now);
        this.state = State.initial(spec, rules, now);
        this.measurements = new Measurements(meters, state.target());
    }

    /** Who hears when the membership of the rotation has changed, or nobody is to be hoped for; called on the control thread. */
    public void onPublish(Runnable listener) {
        onPublish = listener;
    }

    /** Who outside chooses by the rotation, too. */
    public void follow(Audience outside) {
        audience = outside;
    }

    /** Who looks at each tick whether all requests are accounted for. */
    public void auditedBy(Audit auditor) {
        audit = auditor;
    }

    /** Where those wait who ordered a roll-out. */
    public void ending(RollOutEnds waiting) {
        rollOutEnds = waiting;
    }

    /** Who takes down each decision with all that went into it. */
    public void recordedBy(Consumer<Deliberation> other) {
        recorder = other;
    }

    /** Which part of a quota bounds it. */
    public void sharing(ReplicaQuota.Share part) {
        share = part;
        settle(state.target().replicas());
    }

    /** With whom we serve together, and take turns at deciding. */
    public void together(Party others) {
        party = others;
        state = State.initial(state.spec(), rules, Reign.UNKNOWN, state.beganNanos());
        others.decided(state);
        led = false;
    }

    /**
     * Observe, decide, publish, act: in this order, since a slot may be shut only after a rotation without it stands, and
     * the state may call a replica ready only once the rotation leads to it.
     */
    public void tick(List<Fact> arrived, long now) {
        State before = state;
        List<Fact> facts = new ArrayList<>(arrived);
        silence.listen(before.fleet(), slots, facts, now);
        easing.ease(before.fleet(), slots, now);
        slots.drained(facts, this::isHeldOutside);
        compare(before, facts, now);
        measure(before, now);
        Plan learned = planner.learn(before, facts, now);
        measureAnewIfNeedBe(learned.next(), now);
        Plan plan = planner.plan(learned.next(), inputs(), now);
        remember(before.target(), plan, now); // first: who sees the new target finds its reason
        try {
            publish(plan.next());
        } finally { // the state says that all this is under way
            announce(plan.next());
            plan.actions().forEach(effects::perform);
            learned.notes().forEach(notes);
            plan.notes().forEach(notes);
        }
        overdue.report(slots.all(), notes, now);
        if (audit != null) {
            audit.look(slots::held, now);
        }
        rollOutEnds.look(arrived, state.rollOut());
        settle(plan.consultation().wanted());
        if (led) {
            recorder.accept(deliberation(plan));
        }
    }

    /** What is written down for a successor, before anything of it is done. */
    private void announce(State decided) {
        if (party == null) {
            return;
        }
        decided.reign().mandate().ifPresent(party::follow);
        if (led) {
            party.decided(decided);
        }
    }

    private boolean isHeldOutside(ReplicaId id) {
        return audience.holds(id) || party != null && (!led || party.holds(id));
    }

    private void measure(State known, long now) {
        measurements.take(
                Duration.ofNanos(now - known.beganNanos()),
                slots.inside(),
                known.reign().leads(now) ? party : null);
    }

    /** Where it has changed who decides, windows would reach back to what was counted by others, or of others. */
    private void measureAnewIfNeedBe(State learned, long now) {
        boolean leads = learned.reign().leads(now);
        if (leads != led || learned.beganNanos() != state.beganNanos()) {
            measurements.beginAnew();
            measure(learned, now);
        }
        led = leads;
    }

    /** It takes until the next tick to get more of a quota; so nobody gets what somebody else has just been given. */
    private void settle(int wanted) {
        if (share != null) {
            granted = OptionalInt.of(share.settle(wanted, state.fleet().size()));
        }
    }

    private Deliberation deliberation(Plan plan) {
        Consultation asked = plan.consultation();
        State next = plan.next();
        return new Deliberation(
                measurements.sample(),
                measurements.counted(),
                asked.staff(),
                asked.answer(),
                next.target(),
                next.fleet().count(Phase.READY));
    }

    private void compare(State state, List<Fact> facts, long now) {
        if (state.rollOut().compares()) {
            beats.sample(slots.all().toList(), facts, now);
        } else {
            beats.rest();
        }
    }

    /** What later decisions and those who report will ask for. */
    private void remember(Target former, Plan plan, long now) {
        Fleet fleet = plan.next().fleet();
        Target target = plan.next().target();
        measurements.decided(target, fleet.count(Phase.READY));
        if (target.replicas() != former.replicas()) {
            changes.add(
                    new Change(measurements.sample().time(), former.replicas(), target.replicas(), target.reason()));
        }
        startTimes.follow(fleet, plan.actions(), now);
    }

    private void publish(State next) {
        boolean despair = next.isHopeless() && !state.isHopeless();
        boolean changed = false;
        try {
            changed = slots.follow(next.fleet(), dispatcher, rules.routing());
        } finally {
            state = next;
        }
        if (changed) {
            audience.tell(slots.rotation());
        }
        if (changed || despair) {
            onPublish.run();
        }
    }

    /** What is measured and remembered outside of the state. */
    Inputs inputs() {
        return new Inputs(
                measurements.sample(),
                measurements.load(),
                measurements.past(),
                startTimes.average(),
                granted,
                slots::inside);
    }

    public State state() {
        return state;
    }

    public Rules rules() {
        return rules;
    }

    public long requestsLastSecond() {
        return measurements.requestsLastSecond();
    }

    /** The last changes of the target, the oldest first. */
    public List<Change> changes() {
        return changes.list();
    }

    /** The slot of a replica that serves or served, for those who report. */
    public @Nullable Slot slot(ReplicaId id) {
        return slots.of(id);
    }

    /** The part of what the busiest one holds that a replica may hold, for those who report. */
    public double share(Replica replica, long now) {
        return easing.share(replica, now);
    }

    /** Says that a tick failed; the last rotation stands, and the next tick comes. */
    void failed(Throwable cause) {
        notes.accept(Note.general(
                Event.Kind.TROUBLE, "a tick of the control loop failed, what is known serves on: " + cause));
    }
}
