package io.symphony.engine;

import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.Load;
import io.symphony.spi.Event;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The single writer: it owns the state, and one tick is the whole of the control side. Its thread does no I/O and calls
 * nothing that blocks. It knows no clock; whoever calls {@link #tick} says what time it is.
 */
public final class ControlLoop {

    private final Rules rules;
    private final Planner planner;
    private final TrafficSource traffic;
    private final Dispatcher<?> dispatcher;
    private final Effects effects;
    private final Consumer<Note> notes;
    private final LoadHistory load = new LoadHistory();
    private Load record = load;
    private final Slots slots = new Slots();
    private final Overdue overdue;
    private Runnable onPublish = () -> {};
    private Audience audience = new Audience(List.of(), note -> {});
    private volatile State state;
    private volatile long requestsLastSecond;

    public ControlLoop(
            ServiceSpec spec,
            Rules rules,
            Dispatcher<?> dispatcher,
            TrafficSource traffic,
            Effects effects,
            Consumer<Note> notes,
            long now) {
        this.rules = rules;
        this.planner = new Planner(rules);
        this.traffic = traffic;
        this.dispatcher = dispatcher;
        this.effects = effects;
        this.notes = notes;
        this.overdue = new Overdue(rules.overdue(), now);
        this.state = State.initial(spec, rules, now);
    }

    /** Who hears when the membership of the rotation has changed; called on the control thread. */
    public void onPublish(Runnable listener) {
        onPublish = listener;
    }

    /** Who outside chooses by the rotation, too. */
    public void follow(Audience outside) {
        audience = outside;
    }

    /**
     * Observe, decide, publish, act: in this order, since a slot may be shut only after a rotation without it stands, and
     * the state may call a replica ready only once the rotation leads to it.
     */
    public void tick(List<Fact> arrived, long now) {
        State before = state;
        List<Fact> facts = new ArrayList<>(arrived);
        slots.drained(facts, audience);
        Duration elapsed = Duration.ofNanos(now - before.beganNanos());
        sample(elapsed);
        requestsLastSecond = load.requestsBetween(elapsed.minusSeconds(1), elapsed);
        Plan learned = planner.learn(before, facts, now);
        Plan plan = planner.plan(learned.next(), inputs(), now);
        try {
            publish(plan.next());
        } finally { // the state says that all this is under way
            plan.actions().forEach(effects::perform);
            learned.notes().forEach(notes);
            plan.notes().forEach(notes);
        }
        overdue.report(slots.all(), notes, now);
    }

    /** Somebody else's count may fail. What is not known is not zero, so whoever asks for it then gets no answer. */
    private void sample(Duration elapsed) {
        try {
            load.sample(elapsed.toNanos(), traffic.requests(), slots.inside());
            record = load;
        } catch (RuntimeException e) {
            record = new Unreadable(e);
        }
    }

    private void publish(State next) {
        boolean changed = false;
        try {
            changed = slots.follow(next.fleet(), dispatcher, rules.routing());
        } finally {
            state = next;
        }
        if (changed) {
            audience.tell(slots.rotation());
            onPublish.run();
        }
    }

    /** What the request path contributes to a plan. */
    Inputs inputs() {
        return new Inputs(record, slots::inside);
    }

    public State state() {
        return state;
    }

    public Rules rules() {
        return rules;
    }

    public long requestsLastSecond() {
        return requestsLastSecond;
    }

    /** The slot of a replica that serves or served, for those who report. */
    public @Nullable Slot slot(ReplicaId id) {
        return slots.of(id);
    }

    /** Says that a tick failed; the last rotation stands, and the next tick comes. */
    void failed(Throwable cause) {
        notes.accept(Note.general(
                Event.Kind.TROUBLE, "a tick of the control loop failed, what is known serves on: " + cause));
    }
}
