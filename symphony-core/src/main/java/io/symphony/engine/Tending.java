package io.symphony.engine;

import io.symphony.fleet.Checks;
import io.symphony.fleet.Ejection;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.spi.Decision;
import io.symphony.spi.Event.Kind;
import java.time.Duration;
import java.util.Objects;

/** What each replica needs where it stands in its life: a check, an end, or nothing. */
final class Tending {

    private static final long SOONEST_CHECK = Duration.ofMillis(20).toNanos();

    private final Planning plan;
    private final Rules rules;
    private final long now;

    Tending(Planning plan) {
        this.plan = plan;
        this.rules = plan.rules;
        this.now = plan.now;
    }

    @SuppressWarnings("ReferenceEquality") // an untouched replica comes back as the same object
    void tendEach() {
        Fleet.Edit edit = plan.fleet.edit();
        for (int i = 0; i < plan.fleet.size(); i++) {
            Replica replica = plan.fleet.at(i);
            Replica tended = tended(replica);
            if (tended != replica) {
                edit.put(tended);
            }
        }
        plan.fleet = edit.done();
    }

    private Replica tended(Replica replica) {
        switch (replica.phase()) {
            case WARMING:
                return isOver(replica, rules.health().startTimeout()) ? givenUp(replica) : probedIfDue(replica);
            case READY:
                return probedIfDue(swept(replica));
            case SUSPECT:
                return probedIfDue(replica);
            case DRAINING:
                return isOver(replica, rules.drain()) ? cutShort(replica) : finishing(replica);
            case STOPPING:
                return plan.stoppedIfDue(replica);
            case STARTING:
                return replica;
        }
        throw new AssertionError("unknown phase: " + replica.phase());
    }

    private boolean isOver(Replica replica, Duration allowed) {
        return now - replica.sinceNanos() > allowed.toNanos() && !rules.fixedPool() && plan.leads();
    }

    private Replica givenUp(Replica replica) {
        String how = "not well within "
                + Words.seconds(rules.health().startTimeout().toNanos()) + " after "
                + replica.checks().failedInRow() + " failed checks in a row";
        plan.backoff = plan.backoff.failed(now, how);
        plan.rollOut = plan.rollOut.stumbledOver(replica, how);
        plan.count(
                Decision.REPLACED_UNSTARTED, replica.id(), Kind.START_FAILED, how + "; " + plan.backoff.inWords(now));
        return plan.stoppedIfDue(replica.entered(Phase.STOPPING, now));
    }

    private Replica probedIfDue(Replica replica) {
        Checks checks = replica.checks();
        if (checks.underWay() || now - checks.dueNanos() < 0) {
            return replica;
        }
        Endpoint endpoint = Objects.requireNonNull(replica.address(), "a running replica has an address");
        plan.order(new Action.Probe(replica.id(), endpoint));
        return replica.with(checks.begun(now + untilNextCheck(replica)));
    }

    /** Time alone brings back what failing requests put out; what fell silent is tried, if it passes its checks. */
    private Replica swept(Replica replica) {
        Ejection ejection = replica.ejection();
        if (!ejection.isDue(now)) {
            return replica;
        }
        if (!ejection.isOut()) {
            return replica.with(ejection.swept(now));
        }
        if (ejection.stage() == Ejection.Stage.SILENT) {
            return replica.checks().passedInRow() > 0 ? replica.with(ejection.tried(now)) : replica;
        }
        plan.say(
                replica.id(),
                Kind.REINSTATED,
                "serves again: it was out of the rotation for " + Words.seconds(now - ejection.sinceNanos()));
        return replica.with(ejection.over(now));
    }

    /**
     * A replica that comes up is asked more often than one that serves: after an eighth of the time that it has taken so
     * far, so that hardly any of it is wasted, however long it takes.
     */
    private long untilNextCheck(Replica replica) {
        long interval = rules.health().interval().toNanos();
        if (replica.phase() != Phase.WARMING) {
            return interval;
        }
        return Math.min(interval, Math.max(SOONEST_CHECK, (now - replica.sinceNanos()) / 8));
    }

    /** One that may be taken back has to be known well. */
    private Replica finishing(Replica replica) {
        return replica.spare() ? probedIfDue(replica) : replica;
    }

    private Replica cutShort(Replica replica) {
        plan.say(
                replica.id(),
                Kind.STOPPING,
                "stopped with " + plan.inside(replica) + " inside, "
                        + Words.seconds(rules.drain().toNanos()) + " after its gate was shut");
        return plan.stoppedIfDue(replica.entered(Phase.STOPPING, now));
    }
}
