package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.scaling.ScalingView;
import io.symphony.scaling.Staff;
import io.symphony.scaling.Target;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
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
        Lull lull = plan.lull.after(plan.inputs, plan.now);
        plan.lull = plan.rollOut.isUnderWay() || isFirstOnItsWay() ? lull.brokenAt(plan.now) : lull;
        plan.consultation = Consultation.of(staff());
        Target wanted = decided();
        plan.consultation = plan.consultation.wanting(wanted.replicas());
        Target decided = granted(wanted);
        if (decided.replicas() != plan.target.replicas()) {
            boolean up = decided.replicas() > plan.target.replicas();
            plan.count(
                    up ? Decision.SCALED_UP : Decision.SCALED_DOWN,
                    Kind.SCALED,
                    plan.target.replicas() + " -> " + decided.replicas() + ": " + decided.reason());
        }
        plan.target = decided;
    }

    /** Whoever brought it may come again: it serves for a while, and is not taken away before it has begun. */
    private boolean isFirstOnItsWay() {
        return plan.target.replicas() > 0
                && plan.fleet.count(Phase.READY) == 0
                && onTheirWay() > 0
                && plan.backoff.failures() == 0;
    }

    private int onTheirWay() {
        return plan.fleet.count(Phase.STARTING) + plan.fleet.count(Phase.WARMING);
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
        return followed(affordable(hesitant(lastOne(asked()).within(rules.min(), rules.max()))));
    }

    /** Where none may be, the last one goes once nobody has asked for a while, and not before, whatever a policy says. */
    private Target lastOne(Target asked) {
        if (rules.min() > 0 || asked.replicas() > 1) {
            return asked;
        }
        long quiet = plan.now - plan.lull.sinceNanos();
        long enough = rules.restraint().zeroAfter().toNanos();
        if (quiet >= enough) {
            return asked.answered(0, "no request for " + Words.seconds(quiet));
        }
        if (plan.target.replicas() == 0) {
            return asked.answered(1, plan.rollOut.isUnderWay() ? "one, to show the new version" : "a request came");
        }
        return asked.replicas() == 1
                ? asked
                : asked.answered(1, asked.reason() + "; one kept until no request came for " + Words.seconds(enough));
    }

    /** What others who share the quota leave. It holds back a number that was ordered by hand, too. */
    private Target granted(Target wanted) {
        int most = plan.inputs.granted().orElse(Integer.MAX_VALUE);
        return wanted.replicas() <= most || rules.fixedPool()
                ? wanted
                : wanted.answered(
                        most,
                        wanted.reason() + "; limited from " + wanted.replicas() + " to " + most
                                + ", for others share the quota");
    }

    /** Who was sorry for steps down looks further back before the next one. */
    private Target hesitant(Target decided) {
        Duration pause = plan.regret.pause(plan.now);
        if (pause.isZero() || decided.replicas() >= plan.target.replicas()) {
            return decided;
        }
        Inputs inputs = plan.inputs;
        int highest = inputs.past()
                .highestWantAfter(inputs.sample().elapsed().minus(pause))
                .orElse(0);
        int kept = Math.min(highest, plan.target.replicas());
        return kept <= decided.replicas()
                ? decided
                : decided.answered(
                        kept,
                        decided.reason() + "; " + kept + " kept, for " + highest + " were wanted within the last "
                                + pause.toSeconds() + " s, and steps down were taken back soon "
                                + plan.regret.remembered(plan.now) + " times lately");
    }

    private Target followed(Target decided) {
        int before = plan.target.replicas();
        if (decided.replicas() < before) {
            plan.regret = plan.regret.lowered(plan.now);
        } else if (decided.replicas() > before) {
            plan.regret = plan.regret.raised(plan.now);
        }
        return decided;
    }

    /** Less is a saving that can wait; more never does. */
    private Target affordable(Target decided) {
        int fewer = plan.target.replicas() - decided.replicas();
        if (fewer <= 0) {
            return decided;
        }
        Restraint restraint = rules.restraint();
        int stops = Math.min(fewer, plan.budget.stops(restraint, plan.now));
        if (stops > 0) {
            plan.budget = plan.budget.after(stops, restraint, plan.now);
        }
        int kept = plan.target.replicas() - stops;
        return stops == fewer
                ? decided
                : decided.answered(
                        kept,
                        decided.reason() + "; " + kept + " kept, since scaling has spent its "
                                + restraint.changesAnHour() + " starts and stops an hour");
    }

    /** A policy is somebody else's code: when it throws, the last target stands. */
    private Target asked() {
        Inputs inputs = plan.inputs;
        ScalingView view = new ScalingView(inputs.sample(), plan.consultation.staff(), inputs.load(), inputs.past());
        try {
            Target answer = Objects.requireNonNull(rules.scaling().decide(view), "it returned null");
            plan.consultation = plan.consultation.answered(answer);
            return answer;
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
                onTheirWay(),
                plan.target.replicas(),
                rules.min(),
                rules.max(),
                plan.rollOut.isUnderWay(),
                plan.inputs.timeToReady());
    }
}
