package io.symphony.engine;

import io.symphony.fleet.Checks;
import io.symphony.fleet.Ejection;
import io.symphony.fleet.Ejection.Stage;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.health.EjectionPolicy;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What the requests at a replica tell of it: who is out of the rotation for that, and who comes back. */
final class Ejections {

    private static final Duration FIRST_SILENCE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;

    /** One that falls silent so often, and hardly serves in between, is replaced. */
    private static final int LASTING = 4;

    /** A relieved one that still passes no check after so long is not only busy. */
    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private final Rules rules;
    private final EjectionPolicy policy;
    private final Draft draft;
    private final long now;

    Ejections(Rules rules, Draft draft, long now) {
        this.rules = rules;
        this.policy = rules.health().ejection();
        this.draft = draft;
        this.now = now;
    }

    /** Too many requests have failed; the thread of the last of them has put the replica out already. */
    void ejected(Fact.Ejected fact) {
        serving(fact.id()).ifPresent(replica -> {
            Duration lasts = policy.lasts(replica.ejection().times() + 1);
            draft.fleet.put(replica.with(replica.ejection().failing(now, lasts)));
            draft.say(
                    fact.id(),
                    Kind.EJECTED,
                    "out of the rotation for " + Words.seconds(lasts.toNanos()) + " at most: " + failures(fact)
                            + " within " + Words.seconds(policy.failTimeout().toNanos()) + ", the last one: "
                            + fact.detail());
        });
    }

    private static String failures(Fact.Ejected fact) {
        String reason = fact.reason().name().toLowerCase(Locale.ROOT);
        return fact.failures() + (fact.failures() == 1 ? " request" : " requests") + " failed (" + reason + ")";
    }

    /** It is asked at once how it is; whoever waits for it and may go elsewhere does. */
    void hung(Fact.Hung fact) {
        serving(fact.id()).ifPresent(replica -> {
            int times = replica.ejection().times() + 1;
            boolean lasting = times >= LASTING && !rules.fixedPool();
            Replica suspect = replica.with(replica.ejection().silent(now, untilTrial(times)))
                    .with(replica.checks().doubted(now));
            draft.fleet.put(lasting ? suspect.entered(Phase.SUSPECT, now) : suspect);
            draft.say(
                    fact.id(),
                    Kind.SUSPECT,
                    "out of the rotation: no answer for " + Words.seconds(fact.silentNanos()) + " with "
                            + fact.inside() + " inside, while the others answered " + fact.othersAnswered()
                            + (lasting ? "; it is replaced, since that is so for the " + times + "th time" : ""));
        });
    }

    /** Twice as long each time. */
    private static Duration untilTrial(int times) {
        return FIRST_SILENCE.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS));
    }

    private Optional<Replica> serving(ReplicaId id) {
        return draft.fleet
                .find(id)
                .filter(each -> each.phase() == Phase.READY && !each.ejection().isOut());
    }

    /** What has answered a request answers. */
    void revived(Fact.Revived fact) {
        draft.fleet
                .find(fact.id())
                .filter(each -> each.ejection().isDoubted())
                .ifPresent(replica -> draft.fleet.put(reinstated(replica, "it answers again, ")));
    }

    /**
     * A passed check brings back what failing requests put out, if it was begun an interval after that at least. One
     * that comes back only to be put out again has to pass as many in a row as it was put out.
     */
    Replica reinstatedIfWell(Replica replica, Checks before) {
        Ejection ejection = replica.ejection();
        long wellFor = rules.health().begunNanos(before) - ejection.sinceNanos();
        boolean enough = replica.checks().passedInRow() >= ejection.times()
                && wellFor >= ejection.times() * rules.health().interval().toNanos();
        if (replica.phase() != Phase.READY || replica.checks().passedInRow() == 0) {
            return replica;
        }
        boolean mayReturn = ejection.isRelieved() || ejection.stage() == Stage.FAILING && enough;
        return mayReturn ? reinstated(replica, "well ") : replica;
    }

    /** It has something to do, while it misses checks. */
    void answered(Fact.Answered fact) {
        draft.fleet
                .find(fact.id())
                .ifPresent(
                        replica -> draft.fleet.put(replica.with(replica.checks().servingMeanwhile())));
    }

    /**
     * Whether one that has missed too many checks is slow and not dead: it has answered requests since the last one but
     * this, or it was relieved a short while ago. A deadlocked one has not. Who wants to be strict does not ask.
     */
    boolean isOnlyBusy(Replica replica, Checks checks) {
        Ejection ejection = replica.ejection();
        boolean relieved = ejection.isRelieved() && now - ejection.dueNanos() < 0;
        return rules.health().fall() > 1
                && !checks.answered()
                && (replica.checks().busy() || relieved);
    }

    /** It gets fewer and fewer requests and then none, while at least half of them serve; and it is not replaced. */
    Replica relievedIfOthersServe(Replica replica) {
        Ejection ejection = replica.ejection();
        Duration relief = Easing.relief(rules.health());
        if (ejection.stage() == Stage.EASED && now - ejection.sinceNanos() >= relief.toNanos()) {
            String left = Words.seconds(ejection.dueNanos() - now);
            say(replica, "out of the rotation until it passes a check, and replaced in " + left + " without one");
            return replica.with(ejection.relieved(now));
        }
        if (ejection.isOut() || ejection.isRelieved() || !mayLoseOne()) {
            return replica;
        }
        say(replica, "gets fewer requests, and none in " + Words.seconds(relief.toNanos()) + " without a passed check");
        return replica.with(ejection.eased(now, RECOVERY));
    }

    private void say(Replica replica, String what) {
        String why = ": it answers requests, but failed " + replica.checks().failedInRow() + " checks in a row";
        draft.say(replica.id(), Kind.SUSPECT, what + why);
    }

    private boolean mayLoseOne() {
        int ready = 0;
        int out = 0;
        for (Replica each : draft.before.fleet()) {
            Replica replica = draft.fleet.find(each.id()).orElse(each);
            ready += replica.phase() == Phase.READY ? 1 : 0;
            out += replica.phase() == Phase.READY && isLess(replica.ejection()) ? 1 : 0;
        }
        return out + 1 <= ready / 2;
    }

    private static boolean isLess(Ejection ejection) {
        return ejection.isOut() || ejection.isRelieved();
    }

    private Replica reinstated(Replica replica, String why) {
        Ejection ejection = replica.ejection();
        String after = Words.seconds(now - ejection.sinceNanos());
        String text = ejection.stage() == Stage.EASED
                ? "has its whole share again: " + why + after + " after that began to shrink"
                : "serves again: " + why + after + " after it was put out";
        draft.say(replica.id(), Kind.REINSTATED, text);
        return replica.with(ejection.over(now));
    }
}
