package io.symphony;

/**
 * What happens to the replicas when their orchestrator is closed.
 *
 * <pre>{@code
 * Orchestrator.of(spec).onExit(OnExit.LEAVE).start();
 * }</pre>
 */
public enum OnExit {
    /** They run on, and the next orchestrator of the service takes them over. */
    LEAVE,
    /** They finish what is inside, and end. */
    STOP
}
