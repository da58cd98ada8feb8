package io.symphony.proxy;

/** How an accepted request ended. Each ends in exactly one of these. */
public enum Outcome {
    /** The client got the whole response of a replica, or a tunnel ended. */
    COMPLETED,
    /** The client went away first. */
    ABANDONED,
    /** It was turned down with a reason: no replica in time, or a limit. */
    SHED,
    /** A replica failed it: no connection, no answer, or a broken one. */
    FAILED
}
