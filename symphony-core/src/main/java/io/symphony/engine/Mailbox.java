package io.symphony.engine;

import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where facts arrive, from any thread. It needs no bound of its own: actions under way are bounded by the replicas, and
 * each posts one fact; of the requests that find nobody, one alone is told of at a time.
 */
public final class Mailbox {

    private final BlockingQueue<Fact> facts = new LinkedBlockingQueue<>();
    private final AtomicBoolean arrivalPosted = new AtomicBoolean();

    public void post(Fact fact) {
        facts.add(fact);
    }

    /** Wakes whoever waits for facts, because a request has come; the first one speaks for all until it is read. */
    public void arrived() {
        if (arrivalPosted.compareAndSet(false, true)) {
            post(new Fact.Arrived());
        }
    }

    /** Everything that has arrived; waits for the first one up to a time. */
    void await(Collection<Fact> into, long nanos) throws InterruptedException {
        Fact first = facts.poll(nanos, TimeUnit.NANOSECONDS);
        if (first != null) {
            into.add(first);
            arrivalPosted.set(false); // before the rest is read, so that none that comes now is lost
            facts.drainTo(into);
        }
    }
}
