package io.symphony.proxy;

import io.symphony.health.FailureReason;

/** How far a request had come when its connection to a replica was lost, and what follows from that. */
enum Loss {
    /** No connection came about, so nothing has left. */
    UNCONNECTED,
    /** A pooled connection closed before anything left. */
    UNSENT,
    /** A pooled connection closed before a byte of the answer. */
    STALE,
    /** A new connection closed before a byte of the answer. */
    SILENT,
    /** There was no answer in time. */
    LATE,
    /** The connection broke within the answer. */
    BROKEN;

    /** Whether the request may be sent again whatever its method is: the replica cannot have seen it. */
    boolean leavesAnyRequestToSend() {
        return this == UNCONNECTED || this == UNSENT;
    }

    /** Whether a request that may be repeated may be sent again, once. */
    boolean leavesWhatMayBeRepeated() {
        return this == STALE || this == SILENT;
    }

    /** Whether a new connection to the same replica may do better. */
    boolean wasPooled() {
        return this == UNSENT || this == STALE;
    }

    /** Holds it against the replica, unless that only closed an idle connection, which is its right. */
    void charge(Hold hold, Throwable cause) {
        if (this == UNCONNECTED) {
            hold.failed(FailureReason.CONNECT, cause);
        } else if (!wasPooled()) {
            hold.failed(cause);
        }
    }
}
