package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.scaling.Target;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.Mandate.Decree;
import java.util.OptionalInt;

/**
 * What changes with who decides. A new leader begins as an orchestrator does that was just started: it lists what runs and
 * takes it over. But it is bound by what its predecessors have decided, for that may still come about.
 */
final class Accession {

    private final Rules rules;
    private final Draft draft;
    private final long now;

    Accession(Rules rules, Draft draft, long now) {
        this.rules = rules;
        this.draft = draft;
        this.now = now;
    }

    void mandated(Fact.Mandated fact) {
        Reign before = draft.reign;
        Reign next = fact.reign();
        draft.reign = next;
        boolean another = !before.goesOnAs(next);
        boolean begins = next.leads(now) && (another || !before.leads(now));
        if (another || begins) {
            draft.say(Kind.LEADERSHIP, begins ? "we lead from now on: " + next.inWords() : next.inWords());
        }
        if (begins) {
            next.mandate().ifPresent(mandate -> begin(mandate.decree()));
        }
    }

    /** Its range may have been another one. */
    private Target within(int replicas) {
        return new Target(replicas, "as the last leader wanted").within(rules.min(), rules.max());
    }

    private void begin(Decree decree) {
        draft.beganNanos = now;
        draft.survey = draft.survey.anew();
        draft.highestNumber = Math.max(draft.highestNumber, decree.highestNumber());
        draft.ordered = decree.ordered().isPresent()
                ? OptionalInt.of(within(decree.ordered().getAsInt()).replicas())
                : OptionalInt.empty();
        draft.target = within(decree.target());
        draft.backoff = Backoff.NONE;
        draft.lull = draft.lull.brokenAt(now);
        draft.before
                .fleet()
                .forEach(before -> draft.fleet
                        .find(before.id())
                        .filter(each -> draft.reign.dismisses(each.id().number()))
                        .ifPresent(this::dismiss));
    }

    /** Its end may be under way. */
    private void dismiss(Replica replica) {
        if (replica.phase() == Phase.DRAINING) {
            draft.fleet.put(replica.dismissed());
        } else if (replica.phase() != Phase.STOPPING) {
            draft.fleet.put(replica.entered(Phase.DRAINING, now));
        }
    }
}
