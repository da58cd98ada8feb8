package io.symphony.docker;

/** What a container may do only where it is said: without any of these it is locked up as tightly as we know how. */
public enum Freedom {
    /** Writes anywhere in its file system. Otherwise only to its volumes, {@code /tmp} and {@code /run}. */
    WRITABLE_ROOT,
    /** Has the capabilities that Docker gives by default, such as CHOWN, SETUID and NET_RAW. Otherwise none. */
    DEFAULT_CAPABILITIES,
    /** Gains privileges through set-user-id programs such as sudo. */
    NEW_PRIVILEGES,
    /** Starts as many processes and threads as it likes. Otherwise {@link Limits#PIDS}, or as many as is said. */
    UNLIMITED_PIDS
}
