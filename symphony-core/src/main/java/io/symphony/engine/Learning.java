package io.symphony.engine;

import io.symphony.fleet.Checks;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.ProbeResult.Verdict;
import java.util.List;

/** One reading of new facts: the state that they leave behind, and what there is to say about them. */
final class Learning {

    private final Rules rules;
    private final long now;
    private final Draft draft;
    private final Inventory inventory;
    private final Ejections ejections;
    private final RollOutOrders orders;
    private final Accession accession;

    Learning(Rules rules, State before, long now) {
        this.rules = rules;
        this.now = now;
        this.draft = new Draft(before, now);
        this.inventory = new Inventory(rules, draft, now);
        this.ejections = new Ejections(rules, draft, now);
        this.orders = new RollOutOrders(rules, draft, now);
        this.accession = new Accession(rules, draft, now);
    }

    State state() {
        return draft.state();
    }

    List<Note> notes() {
        return draft.notes();
    }

    void learn(Fact fact) {
        if (fact instanceof Fact.Probed probed) {
            probed(probed);
        } else if (fact instanceof Fact.Ejected ejected) {
            ejections.ejected(ejected);
        } else if (fact instanceof Fact.Hung hung) {
            ejections.hung(hung);
        } else if (fact instanceof Fact.Answered answered) {
            ejections.answered(answered);
        } else if (fact instanceof Fact.Revived revived) {
            ejections.revived(revived);
        } else if (fact instanceof Fact.Started started) {
            started(started);
        } else if (fact instanceof Fact.StartFailed failed) {
            startFailed(failed);
        } else if (fact instanceof Fact.Drained drained) {
            drained(drained);
        } else if (fact instanceof Fact.Stopped stopped) {
            stopped(stopped);
        } else if (fact instanceof Fact.StopFailed failed) {
            stopFailed(failed);
        } else if (fact instanceof Fact.Vanished vanished) {
            draft.vanished(vanished);
        } else if (fact instanceof Fact.Surveyed surveyed) {
            inventory.surveyed(surveyed);
        } else if (fact instanceof Fact.SurveyFailed failed) {
            inventory.surveyFailed(failed);
        } else if (fact instanceof Fact.ScaleOrdered order) {
            draft.ordered = order.replicas();
        } else if (fact instanceof Fact.DrainOrdered order) {
            drainOrdered(order);
        } else if (fact instanceof Fact.Measured measured) {
            draft.rollOut = draft.rollOut.after(measured.beat(), draft.fleet, rules.rollOut(), now);
        } else if (fact instanceof Fact.RollOutOrdered order) {
            orders.ordered(order.spec());
        } else if (fact instanceof Fact.RollOutSteered order) {
            orders.steered(order.course());
        } else if (fact instanceof Fact.Mandated mandated) {
            accession.mandated(mandated);
        } else if (fact instanceof Fact.Arrived) {
            draft.lull = draft.lull.brokenAt(now);
        } else if (fact instanceof Fact.EndOrdered) {
            draft.ending = true;
        } else {
            throw new AssertionError("unknown fact: " + fact);
        }
    }

    private void started(Fact.Started fact) {
        Replica replica = draft.fleet.find(fact.id()).orElse(null);
        if (replica == null && draft.leads()) {
            draft.unowned(fact.id(), "came up after it had been given up");
        } else if (replica == null) {
            return; // whoever leads takes it over, or ends it
        } else if (replica.phase() == Phase.STARTING && replica.errand().failures() > 0) {
            draft.failedToStart(replica, "ended before its start was confirmed");
        } else if (replica.phase() == Phase.STARTING) {
            draft.fleet.put(replica.warmingAt(fact.endpoint(), now));
            draft.say(
                    fact.id(),
                    Kind.WARMING,
                    "runs at " + fact.endpoint() + " " + draft.ago(replica) + " after its start");
        }
    }

    private void startFailed(Fact.StartFailed fact) {
        Replica replica = draft.fleet.find(fact.id()).orElse(null);
        if (replica != null && replica.phase() == Phase.STARTING) {
            draft.failedToStart(replica, fact.reason());
        }
    }

    private void probed(Fact.Probed fact) {
        Replica replica = draft.fleet.find(fact.id()).orElse(null);
        if (replica == null || !replica.checks().underWay()) {
            return; // gone, or moved meanwhile: the check was of its former address
        }
        Checks checks = judged(replica.checks(), fact.result());
        Replica next = replica.with(checks);
        if (replica.phase() == Phase.READY && rules.health().isSick(checks) && ejections.isOnlyBusy(replica, checks)) {
            next = ejections.relievedIfOthersServe(next);
        } else if (replica.phase() == Phase.READY && rules.health().isSick(checks)) {
            String how = failedChecks(checks) + ": " + fact.result().detail();
            draft.blameIfYoung(replica, how);
            draft.stumbled(replica, how);
            next = next.entered(Phase.SUSPECT, now);
            draft.say(replica.id(), Kind.SUSPECT, how);
        } else if (replica.phase() == Phase.WARMING && rules.health().isWell(checks)) {
            next = next.entered(Phase.READY, now);
            draft.say(replica.id(), Kind.READY, "well " + draft.ago(replica) + " after it came up");
        } else if (replica.phase() == Phase.SUSPECT && rules.health().isWell(checks)) {
            next = next.entered(Phase.READY, now);
            draft.say(replica.id(), Kind.READY, "well again after " + draft.ago(replica));
        }
        draft.fleet.put(ejections.reinstatedIfWell(next, replica.checks()));
    }

    /** A check that was under way while we ourselves stood still proves nothing against the replica. */
    private Checks judged(Checks checks, ProbeResult result) {
        if (result.isWell()) {
            return checks.passed();
        }
        return rules.health().begunNanos(checks) - draft.stalledNanos < 0
                ? checks.discarded()
                : checks.failed(result.verdict() == Verdict.UNWELL);
    }

    private void drained(Fact.Drained fact) {
        draft.fleet
                .find(fact.id())
                .filter(each -> each.phase() == Phase.DRAINING && draft.leads())
                .ifPresent(replica -> {
                    draft.fleet.put(replica.entered(Phase.STOPPING, now));
                    draft.say(replica.id(), Kind.STOPPING, "empty " + draft.ago(replica) + " after its gate was shut");
                });
    }

    private void stopped(Fact.Stopped fact) {
        draft.fleet.find(fact.id()).ifPresent(replica -> {
            draft.fleet.remove(fact.id());
            draft.goneNanos = now;
            draft.say(
                    fact.id(),
                    Kind.GONE,
                    fact.output().isEmpty() ? "gone" : "gone; its last output:\n" + fact.output());
        });
    }

    private void stopFailed(Fact.StopFailed fact) {
        draft.fleet
                .find(fact.id())
                .filter(each -> each.phase() == Phase.STOPPING)
                .ifPresent(replica -> {
                    long pause = Backoff.pauseAfter(replica.errand().failures());
                    draft.fleet.put(replica.with(replica.errand().failedUntil(now + pause)));
                    draft.say(
                            fact.id(),
                            Kind.TROUBLE,
                            "could not be stopped: " + fact.reason() + "; again in " + Words.seconds(pause));
                });
    }

    private void drainOrdered(Fact.DrainOrdered fact) {
        draft.fleet.find(fact.id()).ifPresent(replica -> {
            if (replica.phase() == Phase.DRAINING && replica.spare()) {
                draft.fleet.put(replica.dismissed());
                draft.say(replica.id(), Kind.DRAINING, "leaves for good, as was ordered");
            } else if (replica.phase() == Phase.READY || replica.phase() == Phase.SUSPECT) {
                draft.fleet.put(replica.entered(Phase.DRAINING, now));
                draft.count(Decision.REPLACED_BY_ORDER, replica.id(), Kind.DRAINING, "leaves, as was ordered");
            } else if (replica.phase() == Phase.WARMING) {
                draft.fleet.put(replica.entered(Phase.STOPPING, now));
                draft.count(
                        Decision.REPLACED_BY_ORDER,
                        replica.id(),
                        Kind.STOPPING,
                        "leaves before it was well, as was ordered");
            }
        });
    }

    private static String failedChecks(Checks checks) {
        return checks.failedInRow() == 1 ? "failed a check" : "failed " + checks.failedInRow() + " checks in a row";
    }
}
