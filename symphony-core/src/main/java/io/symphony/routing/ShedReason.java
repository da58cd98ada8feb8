package io.symphony.routing;

/**
 * Why a request was turned away without an answer of a replica.
 *
 * <pre>{@code
 * acts.status().requests().shedBy().get(ShedReason.PATIENCE_OVER);
 * }</pre>
 */
public enum ShedReason {
    /** No replica could take it, and it would not wait. */
    NO_REPLICA,
    /** As many were inside each replica as may be, and it would not wait. */
    BUSY,
    /** As many wait already as may. */
    QUEUE_FULL,
    /** It waited as long as it would. */
    PATIENCE_OVER,
    /** The request itself broke a rule or a limit. */
    REFUSED,
    /** Its client has sent more than it may. */
    RATE_LIMITED,
    /** The orchestrator was closed. */
    CLOSED
}
