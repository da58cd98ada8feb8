package io.symphony.engine;

import io.symphony.health.EjectionPolicy;
import io.symphony.health.FailureReason;
import io.symphony.spi.Ticker;

/**
 * Passive detection, on the threads of the requests that fail: counts the failures of a replica and puts it out of the
 * rotation in the moment in which there are too many, so that the same request can go elsewhere already. The control
 * side learns of it afterwards and decides how long it lasts. Only failures come here, and they take no lock either.
 */
public final class Referee {

    private final EjectionPolicy policy;
    private final boolean[] counted = new boolean[1000];
    private final long windowNanos;
    private final Dispatcher<?> dispatcher;
    private final Mailbox mailbox;
    private final Ticker ticker;

    public Referee(EjectionPolicy policy, Dispatcher<?> dispatcher, Mailbox mailbox, Ticker ticker) {
        this.policy = policy;
        this.windowNanos = policy.failTimeout().toNanos();
        this.dispatcher = dispatcher;
        this.mailbox = mailbox;
        this.ticker = ticker;
        policy.statuses().forEach(status -> counted[status] = true);
    }

    /** Whether an answer with this status counts against the replica. */
    public boolean counts(int status) {
        return status >= 0 && status < counted.length && counted[status];
    }

    /** A request has failed at a replica. */
    public void failed(Slot slot, FailureReason reason, String detail) {
        slot.failed();
        long now = ticker.nanos();
        if (reason.isOfConnection()) {
            slot.rest(now);
        }
        if (!policy.isOn()) {
            return;
        }
        int failures = slot.struck(now, windowNanos);
        if (failures >= policy.maxFails() && dispatcher.eject(slot)) {
            mailbox.post(new Fact.Ejected(slot.id(), reason, failures, detail));
        }
    }
}
