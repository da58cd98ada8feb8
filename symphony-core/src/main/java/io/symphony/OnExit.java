package io.symphony;

/** What happens to the replicas when their orchestrator is closed. */
public enum OnExit {
    /** They run on, and the next orchestrator of the service takes them over. */
    LEAVE,
    /** They finish what is inside, and end. */
    STOP
}
