package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import io.symphony.spi.Event.Kind;
import java.util.OptionalLong;

/**
 * How one version takes the place of another. A replica of another version than the wanted one is surplus that may
 * leave once a new one has taken its place: come up, served beside the former ones for a while, and done no worse.
 */
final class Succession {

    private final Planning plan;
    private final RollOutPolicy policy;

    Succession(Planning plan) {
        this.plan = plan;
        this.policy = plan.rules.rollOut();
    }

    /** Whether the step is done, or the whole of it was no good idea. */
    void judge() {
        RollOut rollOut = plan.rollOut;
        if (!rollOut.isRunning() || plan.learned.ending()) {
            return;
        }
        if (rollOut.failures() >= policy.attempts() && rollOut.former().isPresent()) {
            goBack(rollOut.failures() + " new replicas failed in one step, the last: " + rollOut.reason());
            return;
        }
        rollOut.comparison().verdict(policy).ifPresentOrElse(this::goBack, this::watch);
    }

    private void goBack(String why) {
        plan.rollOut = plan.rollOut.back(why, plan.now);
        plan.backoff = Backoff.NONE; // the former version is not to wait for what the new one did
        plan.say(
                Kind.ROLLED_BACK,
                plan.rollOut.stage() == RollOutStage.PAUSED
                        ? plan.rollOut.reason()
                        : "back to " + plan.rollOut.wanted().version() + ": " + why);
    }

    private void watch() {
        Census census = Census.of(plan);
        boolean complete = census.wantedReady() >= shares(census).wanted();
        if (!complete || plan.rollOut.vetted() >= plan.target.replicas()) {
            plan.rollOut = plan.rollOut.watchedSince(OptionalLong.empty());
        } else if (plan.rollOut.watchedSince().isEmpty()) {
            plan.rollOut = plan.rollOut.watchedSince(OptionalLong.of(plan.now));
        }
        OptionalLong since = plan.rollOut.watchedSince();
        if (since.isPresent() && plan.now - since.getAsLong() >= policy.watch().toNanos()) {
            stepDone(census.wantedReady());
        }
    }

    private void stepDone(int well) {
        String progress = well + " of " + plan.target.replicas() + " are "
                + plan.rollOut.wanted().version() + "; "
                + plan.rollOut.comparison().inWords();
        plan.rollOut = plan.rollOut.stepDone(well, progress);
        plan.say(Kind.ROLL_OUT, progress);
    }

    /** It is over when nobody of another version is left and all of this one serve; whether it is over by this plan. */
    boolean concludes() {
        RollOut rollOut = plan.rollOut;
        if (!rollOut.isRunning() && rollOut.stage() != RollOutStage.REVERTING || plan.learned.ending()) {
            return false;
        }
        Census census = Census.of(plan);
        if (census.others() + census.othersSuspect() > 0 || census.wantedReady() < plan.target.replicas()) {
            return false;
        }
        boolean forward = rollOut.isRunning();
        String text = "all " + census.wantedReady() + " replicas are "
                + rollOut.wanted().version() + (forward ? ", " : " again, ")
                + Words.seconds(plan.now - rollOut.beganNanos()) + " after the order";
        plan.rollOut = rollOut.at(
                forward ? RollOutStage.DONE : RollOutStage.REVERTED, forward ? text : text + ": " + rollOut.reason());
        plan.say(Kind.ROLL_OUT, text);
        return true;
    }

    /** Who is to be started and who may leave, so that the fleet comes nearer to its target and to its version. */
    Moves moves() {
        if (!plan.rollOut.isUnderWay()) {
            StandIns standIns = StandIns.of(plan);
            return new Moves(standIns.missing(), 0, 0, standIns.surplus());
        }
        Census census = Census.of(plan);
        Shares shares = shares(census);
        int needed = Math.max(shares.wanted(), plan.target.replicas() - census.othersReady());
        int dropWanted = Math.max(0, census.wanted() - needed);
        int staying = census.wanted() - Math.max(0, dropWanted - census.wantedStarting());
        int beyondStep = Math.max(0, staying - shares.wanted());
        return new Moves(
                Math.max(0, shares.wanted() - census.wanted()),
                Math.max(0, shares.former() - beyondStep - census.others()),
                Math.max(0, census.others() - shares.spared()),
                dropWanted);
    }

    /**
     * While the new version has not shown itself, what the fleet lacks is made of the former one, so that no more than a
     * step's replicas are at stake.
     */
    private Shares shares(Census census) {
        int target = plan.target.replicas();
        int step = policy.stepOf(target);
        switch (plan.rollOut.stage()) {
            case RUNNING:
                return shares(census, Math.min(target, plan.rollOut.vetted() + step));
            case PAUSED:
                return shares(census, Math.min(census.wanted(), Math.min(target, plan.rollOut.vetted() + step)));
            case REVERTING:
                int back = Math.min(target, census.wantedReady() + step);
                return new Shares(
                        Math.max(back, target - census.others()), 0, Math.max(0, target - census.wantedReady()));
            default:
                throw new AssertionError("no roll-out is under way: " + plan.rollOut.stage());
        }
    }

    private Shares shares(Census census, int step) {
        int target = plan.target.replicas();
        int spared = Math.max(0, target - Math.min(plan.rollOut.vetted(), census.wantedReady()));
        if (plan.rollOut.vetted() == 0 && plan.rollOut.former().isPresent()) {
            return new Shares(step, target, spared);
        }
        return new Shares(Math.max(step, target - census.others()), 0, spared);
    }

    /**
     * How many of each version there are to be.
     *
     * @param wanted of the wanted one
     * @param former of the one before, where it has to make up for losses
     * @param spared of all but the wanted one, at the most: what is beyond may leave
     */
    private record Shares(int wanted, int former, int spared) {}

    /** How many are to be started of the wanted and of the former version, and how many of which are too many. */
    record Moves(int startWanted, int startFormer, int dropOthers, int dropWanted) {}

    /** How many of each version there are: those that serve or are on their way to; and those that are neither. */
    private record Census(
            int wanted, int wantedStarting, int wantedReady, int others, int othersReady, int othersSuspect) {

        static Census of(Planning plan) {
            int wanted = 0;
            int starting = 0;
            int ready = 0;
            int others = 0;
            int othersReady = 0;
            int suspect = 0;
            for (Replica replica : plan.fleet) {
                boolean isWanted = plan.rollOut.isWanted(replica);
                wanted += isWanted && replica.phase().counts() ? 1 : 0;
                starting += isWanted && replica.phase() == Phase.STARTING ? 1 : 0;
                ready += isWanted && replica.phase() == Phase.READY ? 1 : 0;
                others += !isWanted && replica.phase().counts() ? 1 : 0;
                othersReady += !isWanted && replica.phase() == Phase.READY ? 1 : 0;
                suspect += !isWanted && replica.phase() == Phase.SUSPECT ? 1 : 0;
            }
            return new Census(wanted, starting, ready, others, othersReady, suspect);
        }
    }
}
