package io.symphony.engine;

import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import io.symphony.spi.Event.Kind;

/** What somebody orders about the version of the replicas. */
final class RollOutOrders {

    private final RollOutPolicy policy;
    private final Draft draft;
    private final long now;

    RollOutOrders(Rules rules, Draft draft, long now) {
        this.policy = rules.rollOut();
        this.draft = draft;
        this.now = now;
    }

    void ordered(ServiceSpec spec) {
        RollOut rollOut = draft.rollOut;
        if (spec.version().equals(rollOut.wanted().version())) {
            draft.say(Kind.ROLL_OUT, "nothing to change: version " + spec.version() + " is what is wanted already");
        } else if (rollOut.compares() && isFormer(spec)) {
            abort("version " + spec.version() + " was ordered again");
        } else {
            String why = rollOut.wanted().version() + " -> " + spec.version() + " in steps of "
                    + policy.stepOf(draft.target.replicas()) + ", each watched for "
                    + Words.seconds(policy.watch().toNanos());
            draft.rollOut = rollOut.to(spec, serving(spec), why, now);
            draft.backoff = Backoff.NONE; // what failed was another version
            draft.say(Kind.ROLL_OUT, why);
        }
    }

    private int serving(ServiceSpec spec) {
        int serving = 0;
        for (Replica replica : draft.before.fleet()) {
            serving += replica.phase() == Phase.READY && replica.version().equals(spec.version()) ? 1 : 0;
        }
        return serving;
    }

    private boolean isFormer(ServiceSpec spec) {
        return draft.rollOut
                .former()
                .filter(former -> former.version().equals(spec.version()))
                .isPresent();
    }

    void steered(Course course) {
        RollOutStage stage = draft.rollOut.stage();
        if (course == Course.PAUSE && stage == RollOutStage.RUNNING) {
            draft.rollOut = draft.rollOut.at(RollOutStage.PAUSED, "paused, as was ordered");
            draft.say(Kind.ROLL_OUT, draft.rollOut.reason());
        } else if (course == Course.RESUME && stage == RollOutStage.PAUSED) {
            draft.rollOut = draft.rollOut.resumed("resumed, as was ordered");
            draft.say(Kind.ROLL_OUT, draft.rollOut.reason());
        } else if (course == Course.ABORT && draft.rollOut.compares()) {
            abort("aborted, as was ordered");
        } else {
            draft.say(Kind.ROLL_OUT, "not possible: " + course + " of a roll-out that is " + stage);
        }
    }

    private void abort(String why) {
        draft.rollOut = draft.rollOut.back(why, now);
        draft.backoff = Backoff.NONE;
        draft.say(Kind.ROLLED_BACK, why);
    }
}
