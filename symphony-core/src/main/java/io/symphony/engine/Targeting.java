package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.scaling.ScalingView;
import io.symphony.scaling.Staff;
import io.symphony.scaling.Target;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import java.util.Objects;

/** How many there are to be: ordered, or asked of the policy and kept within the range. */
final class Targeting {

    private final Planning plan;
    private final Rules rules;

    Targeting(Planning plan) {
        this.plan = plan;
        this.rules = plan.rules;
    }

    void decide() {
        Target decided = decided();
        if (decided.replicas() != plan.target.replicas()) {
            boolean up = decided.replicas() > plan.target.replicas();
            plan.count(
                    up ? Decision.SCALED_UP : Decision.SCALED_DOWN,
                    Kind.SCALED,
                    plan.target.replicas() + " -> " + decided.replicas() + ": " + decided.reason());
        }
        plan.target = decided;
    }

    private Target decided() {
        if (plan.learned.ending()) {
            return new Target(0, "the orchestrator ends");
        }
        if (rules.fixedPool()) {
            return new Target(plan.fleet.size(), "a fixed pool");
        }
        if (plan.learned.ordered().isPresent()) {
            return Target.undecided(plan.learned.ordered().getAsInt(), "ordered by hand");
        }
        return asked().within(rules.min(), rules.max());
    }

    /** A policy is somebody else's code: when it throws, the last target stands. */
    private Target asked() {
        Inputs inputs = plan.inputs;
        ScalingView view = new ScalingView(inputs.sample(), staff(), inputs.load(), inputs.past());
        try {
            return Objects.requireNonNull(rules.scaling().decide(view), "it returned null");
        } catch (RuntimeException e) {
            String reason = "kept, because the scaling policy failed: " + e;
            if (!reason.equals(plan.target.reason())) {
                plan.say(Kind.TROUBLE, reason);
            }
            return Target.undecided(plan.target.replicas(), reason);
        }
    }

    private Staff staff() {
        return new Staff(
                plan.fleet.count(Phase.READY),
                plan.fleet.count(Phase.STARTING) + plan.fleet.count(Phase.WARMING),
                plan.target.replicas(),
                rules.min(),
                rules.max(),
                plan.rollOut.isUnderWay(),
                plan.inputs.timeToReady());
    }
}
