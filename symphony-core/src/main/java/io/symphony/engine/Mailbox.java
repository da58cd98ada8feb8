package io.symphony.engine;

import java.util.Collection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Where facts arrive, from any thread. It needs no bound of its own: actions under way are bounded by the replicas, and
 * each posts one fact.
 */
public final class Mailbox {

    private final BlockingQueue<Fact> facts = new LinkedBlockingQueue<>();

    public void post(Fact fact) {
        facts.add(fact);
    }

    /** Everything that has arrived; waits for the first one up to a time. */
    void await(Collection<Fact> into, long nanos) throws InterruptedException {
        Fact first = facts.poll(nanos, TimeUnit.NANOSECONDS);
        if (first != null) {
            into.add(first);
            facts.drainTo(into);
        }
    }
}
