package io.symphony.docker;

/** When an image is fetched from its registry. */
public enum PullPolicy {
    /** Before every start, so that a tag that has moved is followed. */
    ALWAYS,
    /** When the Docker Engine does not have it. */
    MISSING,
    /** Never: an image that is missing is an error. */
    NEVER
}
