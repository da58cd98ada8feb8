package io.symphony;

import io.symphony.engine.Fact;
import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.engine.Mailbox;
import io.symphony.engine.Reign;
import io.symphony.engine.RollOutEnds;
import io.symphony.engine.Rules;
import io.symphony.engine.State;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.RollOutResult;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What may be ordered of an orchestrator, on its way to the control side; what cannot be done is refused here. */
final class Orders {

    private final Blueprint blueprint;
    private final Mailbox mailbox;
    private final Supplier<State> state;

    Orders(Blueprint blueprint, Mailbox mailbox, Supplier<State> state) {
        this.blueprint = blueprint;
        this.mailbox = mailbox;
        this.state = state;
    }

    void scaleTo(int replicas) {
        requireOurPool("scaled");
        Rules rules = blueprint.rules();
        if (replicas < rules.min() || replicas > rules.max()) {
            throw new IllegalArgumentException(
                    "replicas: " + replicas + " (expected: " + rules.min() + " to " + rules.max() + ")");
        }
        post(new Fact.ScaleOrdered(OptionalInt.of(replicas)));
    }

    void scaleAutomatically() {
        post(new Fact.ScaleOrdered(OptionalInt.empty()));
    }

    void drain(ReplicaId replica) {
        requireOurPool("drained");
        post(new Fact.DrainOrdered(replica));
    }

    void rollOut(ServiceSpec next) {
        RollOutOrder.require(state.get().spec(), next);
        post(new Fact.RollOutOrdered(next));
    }

    /** As {@link #rollOut(ServiceSpec)}, for whoever waits to hear what becomes of it. */
    CompletionStage<RollOutResult> rollOut(ServiceSpec next, RollOutEnds ends) {
        RollOutOrder.require(state.get().spec(), next);
        requireLead();
        Fact.RollOutOrdered order = new Fact.RollOutOrdered(next);
        CompletionStage<RollOutResult> end = ends.of(order);
        mailbox.post(order);
        return end;
    }

    void steerRollOut(Course course) {
        post(new Fact.RollOutSteered(course));
    }

    private void requireOurPool(String done) {
        if (blueprint.rules().fixedPool()) {
            throw new IllegalStateException(name() + ": a fixed pool is not " + done + ", somebody else runs it");
        }
    }

    private void post(Fact order) {
        requireLead();
        mailbox.post(order);
    }

    private void requireLead() {
        Reign reign = state.get().reign();
        if (!reign.leads(blueprint.ticker().nanos())) {
            throw new IllegalStateException(name() + ": not decided here; " + reign.inWords() + ". Order it there.");
        }
    }

    private String name() {
        return blueprint.spec().name();
    }
}
