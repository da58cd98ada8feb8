package io.symphony.fleet;

/**
 * A call to the runtime on behalf of one replica: there is at most one at a time.
 *
 * <pre>{@code
 * Errand.dueAt(now).sent().failedUntil(now + second).failures(); // 1
 * }</pre>
 *
 * @param underWay whether it was sent and its outcome is awaited
 * @param failures how often it failed so far
 * @param dueNanos when it may be sent, where it is not under way
 */
public record Errand(boolean underWay, int failures, long dueNanos) {

    /** Nothing to do. */
    public static final Errand NONE = new Errand(false, 0, Long.MAX_VALUE);

    /** Sent with the order itself. */
    public static final Errand UNDER_WAY = new Errand(true, 0, Long.MAX_VALUE);

    public static Errand dueAt(long nanos) {
        return new Errand(false, 0, nanos);
    }

    public Errand sent() {
        return new Errand(true, failures, dueNanos);
    }

    /** It has failed, though the call has not come back yet. */
    public Errand failed() {
        return new Errand(underWay, failures + 1, dueNanos);
    }

    public Errand failedUntil(long nextDueNanos) {
        return new Errand(false, failures + 1, nextDueNanos);
    }
}
