package io.symphony.engine;

import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.scaling.Target;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the list of what runs against what we know: who is adopted, who is missed, who belongs to nobody. A list is as
 * old as its question, so it says nothing about what came or went since.
 */
final class Inventory {

    /** Requests that find nobody wait for the first start after the runtime's return, so that is not to be missed. */
    private static final long LONGEST_PAUSE = Duration.ofSeconds(1).toNanos();

    private final Rules rules;
    private final Draft draft;
    private final long now;

    Inventory(Rules rules, Draft draft, long now) {
        this.rules = rules;
        this.draft = draft;
        this.now = now;
    }

    void surveyed(Fact.Surveyed fact) {
        boolean first = !draft.survey.done();
        draft.survey = draft.survey.cameBack(now + rules.surveyEvery().toNanos());
        Set<ReplicaId> seen = new HashSet<>();
        for (Sighting sighting : fact.sightings()) {
            seen.add(sighting.id());
            draft.highestNumber = Math.max(draft.highestNumber, sighting.id().number());
            if (draft.fleet.find(sighting.id()).isPresent()) {
                confirm(sighting, fact.askedNanos());
            } else if (first || !draft.leads()) {
                adopt(sighting);
            } else if (draft.goneNanos - fact.askedNanos() < 0) {
                draft.unowned(sighting.id(), "runs but belongs to nobody");
            }
        }
        draft.before.fleet().forEach(replica -> missMaybe(replica, seen, fact.askedNanos()));
        if (first && draft.leads()) {
            keep(seen.size());
            takeUp(fact.sightings());
        }
    }

    /** Replicas of another version mean that a roll-out was under way, or that the service has changed meanwhile. */
    private void takeUp(List<Sighting> found) {
        String wanted = draft.rollOut.wanted().version();
        long others =
                found.stream().filter(each -> !each.version().equals(wanted)).count();
        if (others > 0 && !draft.rollOut.isUnderWay()) {
            String why = others + " of " + found.size() + " replicas that were found are not of version " + wanted
                    + " and make room for it";
            draft.rollOut = draft.rollOut.takenUp(why, now);
            draft.say(Kind.ROLL_OUT, why);
        }
    }

    /** Until there is traffic to judge by, as many as a former run had needed are not too many. */
    private void keep(int found) {
        if (found > draft.target.replicas()) {
            draft.target = new Target(found, found + " were found running").within(rules.min(), rules.max());
        }
    }

    private void adopt(Sighting sighting) {
        Replica found = Replica.running(sighting.id(), sighting.version(), 1, sighting.endpoint(), now);
        boolean dismissed = draft.reign.dismisses(sighting.id().number());
        draft.fleet.put(dismissed ? found.entered(Phase.DRAINING, now) : found);
        boolean same = sighting.version().equals(draft.rollOut.wanted().version());
        draft.say(
                sighting.id(),
                Kind.ADOPTED,
                "taken over at " + sighting.endpoint() + (same ? "" : ", made from another version of the service"));
    }

    /** An address may change under a replica that was restarted behind our back: it has to show itself well anew. */
    private void confirm(Sighting sighting, long asked) {
        draft.fleet
                .find(sighting.id())
                .filter(each -> ranBefore(each, asked) && !each.phase().leaving())
                .filter(each -> !sighting.endpoint().equals(each.address()))
                .ifPresent(each -> {
                    draft.fleet.put(each.warmingAt(sighting.endpoint(), now));
                    draft.say(each.id(), Kind.WARMING, "moved from " + each.address() + " to " + sighting.endpoint());
                });
    }

    private void missMaybe(Replica then, Set<ReplicaId> seen, long asked) {
        if (!seen.contains(then.id()) && ranBefore(then, asked)) {
            draft.vanished(new Fact.Vanished(then.id(), "it is not among what runs"));
        }
    }

    private static boolean ranBefore(Replica replica, long asked) {
        return replica.phase() != Phase.STARTING
                && replica.phase() != Phase.STOPPING
                && replica.sinceNanos() - asked < 0;
    }

    void surveyFailed(Fact.SurveyFailed fact) {
        long pause = Math.min(Backoff.pauseAfter(draft.survey.failures()), LONGEST_PAUSE);
        draft.survey = draft.survey.failed(now + pause);
        if (draft.survey.failures() == 1) {
            draft.say(
                    Kind.TROUBLE,
                    "the runtime cannot say what runs: " + fact.reason() + "; what is known serves on, again in "
                            + Words.seconds(pause));
        }
    }
}
