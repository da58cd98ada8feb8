package io.symphony.spi;

/**
 * What the orchestrator does by its own choice or on an order, and counts.
 *
 * <pre>{@code
 * long died = acts.decisions().get(Decision.REPLACED_DEAD);
 * }</pre>
 */
public enum Decision {
    /** More replicas are wanted. */
    SCALED_UP,
    /** Fewer replicas are wanted. */
    SCALED_DOWN,
    /** A replica that ended by itself was given up. */
    REPLACED_DEAD,
    /** A replica that failed its checks was taken out. */
    REPLACED_SICK,
    /** A replica that could not be started, or never got well, was given up. */
    REPLACED_UNSTARTED,
    /** A replica was taken out because somebody ordered it. */
    REPLACED_BY_ORDER
}
