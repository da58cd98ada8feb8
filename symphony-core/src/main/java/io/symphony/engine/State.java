package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.scaling.Target;
import io.symphony.spi.Mandate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * All that the control side knows. Immutable; only the control thread has the newest one.
 *
 * @param rollOut what replicas are to be made of, and how far the fleet has come on its way there
 * @param fleet the replicas
 * @param highestNumber the highest number that a replica ever had
 * @param target how many are wanted, and why
 * @param ordered how many somebody ordered, overruling the policy
 * @param lull since when nobody has asked for anything
 * @param budget what scaling may still spend
 * @param replacements how many sick replicas may still be replaced
 * @param regret what was learned from steps down that did not last
 * @param backoff how starts go
 * @param survey when to list next
 * @param reign who decides
 * @param ending whether we are on our way out
 * @param beganNanos when we began to decide
 * @param tickedNanos when it last learned
 * @param stalledNanos when it last came back from a pause of its own
 * @param goneNanos when it last learned that a replica is gone
 */
public record State(
        RollOut rollOut,
        Fleet fleet,
        long highestNumber,
        Target target,
        OptionalInt ordered,
        Lull lull,
        Budget budget,
        Ration replacements,
        Regret regret,
        Backoff backoff,
        Survey survey,
        Reign reign,
        boolean ending,
        long beganNanos,
        long tickedNanos,
        long stalledNanos,
        long goneNanos) {

    /** The state before the first tick. */
    public static State initial(ServiceSpec spec, Rules rules, long now) {
        return initial(spec, rules, Reign.ALONE, now);
    }

    static State initial(ServiceSpec spec, Rules rules, Reign reign, long now) {
        Fleet fleet = spec.source() instanceof Source.Backends pool ? pooled(spec, pool, now) : Fleet.empty();
        Target target = rules.min() > 0
                ? Target.undecided(rules.min(), "the minimum, until there is traffic to judge by")
                : Target.undecided(1, "one, to see that it starts");
        return new State(
                RollOut.none(spec, now),
                fleet,
                fleet.highestNumber(),
                target,
                OptionalInt.empty(),
                new Lull(0, now),
                Budget.full(rules.restraint(), now),
                Ration.full(target.replicas(), now),
                Regret.NONE,
                Backoff.NONE,
                rules.fixedPool() ? Survey.NONE : Survey.FIRST,
                reign,
                false,
                now,
                now,
                now,
                now);
    }

    private static Fleet pooled(ServiceSpec spec, Source.Backends pool, long now) {
        List<Replica> members = new ArrayList<>();
        for (Source.Backend backend : pool.members()) {
            ReplicaId id = new ReplicaId(spec.name(), members.size() + 1L);
            members.add(Replica.running(id, spec.version(), backend.weight(), backend.endpoint(), now));
        }
        return Fleet.of(members);
    }

    /** What new replicas are made of. */
    public ServiceSpec spec() {
        return rollOut.wanted();
    }

    /**
     * Whether starts fail again and again, though the runtime answers, and nobody serves, may serve again, or is on the
     * way.
     */
    public boolean isHopeless() {
        boolean fails = backoff.isSevere() && survey.isAnswered();
        return target.replicas() > 0 && fails && fleet.counting() + fleet.count(Phase.SUSPECT) == 0;
    }

    /** How starts fail, in words; empty while they do not. */
    public String trouble() {
        return backoff.trouble();
    }

    /** What there is to write down for a successor; what the last leader left is ours only once we have seen what runs. */
    Mandate.Decree decree() {
        Set<Long> leaving = new HashSet<>();
        if (!survey.done()) {
            reign.mandate().ifPresent(each -> leaving.addAll(each.decree().leaving()));
        }
        if (fleet.count(Phase.DRAINING) + fleet.count(Phase.STOPPING) > 0) {
            fleet.forEach(each -> {
                if (each.phase().leaving()) {
                    leaving.add(each.id().number());
                }
            });
        }
        return new Mandate.Decree(highestNumber, target.replicas(), ordered, leaving);
    }

    /** Whether everything that we had is gone. */
    public boolean ended() {
        return ending && fleet.isEmpty();
    }

    /**
     * When everything that runs is listed.
     *
     * @param done whether one list has come back: before it, nobody knows what a former run left, so nothing starts
     * @param underWay whether one is awaited
     * @param wanted whether there is one more to come at all
     * @param failures how many failed in a row
     * @param dueNanos when the next is due
     */
    record Survey(boolean done, boolean underWay, boolean wanted, int failures, long dueNanos) {

        /** Somebody else runs the replicas: there is nothing to list. */
        static final Survey NONE = new Survey(true, false, false, 0, Long.MAX_VALUE);

        static final Survey FIRST = new Survey(false, false, true, 0, Long.MIN_VALUE);

        boolean isDue(long now) {
            return wanted && !underWay && (dueNanos == Long.MIN_VALUE || now - dueNanos >= 0);
        }

        /** Whether the runtime has said what runs when it was last asked. While it does not, nothing is started. */
        boolean isAnswered() {
            return done && failures == 0;
        }

        /** As before the first one: what runs is to be seen with new eyes. */
        Survey anew() {
            return new Survey(false, underWay, wanted, failures, Long.MIN_VALUE);
        }

        /** Asked now rather than when it is due, unless it fails already. */
        Survey hastened(long now) {
            return failures > 0 || dueNanos - now < 0 ? this : new Survey(done, underWay, wanted, 0, now);
        }

        Survey sent() {
            return new Survey(done, true, wanted, failures, dueNanos);
        }

        Survey cameBack(long nextNanos) {
            return new Survey(true, false, wanted, 0, nextNanos);
        }

        Survey failed(long nextNanos) {
            return new Survey(done, false, wanted, failures + 1, nextNanos);
        }
    }
}
