package io.symphony.fleet;

/**
 * Where a replica stands in its life, in the order in which a life goes.
 *
 * <pre>{@code
 * acts.status().count(Phase.READY);
 * Phase.DRAINING.counts(); // false: it is not held against the target
 * }</pre>
 */
public enum Phase {
    /** Its start was ordered and has not been confirmed. */
    STARTING,
    /** It runs; no health check has passed yet. */
    WARMING,
    /** It is well and serves. */
    READY,
    /** It failed its checks: it gets no requests while another can take them, and a successor is on its way. */
    SUSPECT,
    /** It gets no new requests and finishes those inside. */
    DRAINING,
    /** Its end was ordered and has not been confirmed. */
    STOPPING;

    /** Whether it serves or is on its way to: what counts against a target. */
    public boolean counts() {
        return this == STARTING || this == WARMING || this == READY;
    }

    /** Whether its end is decided. */
    public boolean leaving() {
        return this == DRAINING || this == STOPPING;
    }
}
