package io.symphony.spi;

import io.symphony.fleet.ReplicaId;

/**
 * What all orchestrators of a service have to say together, as the one that leads needs it. Called from the control
 * thread, so nothing of it may block.
 *
 * <pre>{@code
 * Colleagues alone = new Colleagues() {
 *     public Counts counts() { return new Counts(seen.sum(), done.sum(), 0, 0); }
 *     public boolean holds(ReplicaId id, long mandate) { return false; }
 * };
 * }</pre>
 */
public interface Colleagues {

    /**
     * What they counted.
     *
     * @throws IllegalStateException while one of them does not say; what is not known is not zero
     */
    Counts counts();

    /** Whether one of them may still send to a replica that leaves since a mandate of this number, or waits for its answer. */
    boolean holds(ReplicaId id, long mandate);

    /**
     * Requests of all of them.
     *
     * @param begun how many have begun since they were first asked; it never falls
     * @param ended how many of those a replica has finished
     * @param inside how many are inside replicas now
     * @param waiting how many wait for one now
     */
    record Counts(long begun, long ended, int inside, int waiting) {}
}
