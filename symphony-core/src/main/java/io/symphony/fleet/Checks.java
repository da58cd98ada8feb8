package io.symphony.fleet;

/**
 * What the health checks of one replica have found so far.
 *
 * <pre>{@code
 * Checks.dueAt(now).begun(now + second).passed().passedInRow(); // 1
 * }</pre>
 *
 * @param passedInRow how many of the last ones it passed without a break
 * @param failedInRow how many of the last ones it failed without a break
 * @param answered whether the last one was answered at all
 * @param busy whether requests have been answered since the last one ended
 * @param underWay whether one is running
 * @param dueNanos when the next one is due
 */
public record Checks(
        int passedInRow, int failedInRow, boolean answered, boolean busy, boolean underWay, long dueNanos) {

    /** Nothing known, the first check due at once. */
    public static Checks dueAt(long nanos) {
        return new Checks(0, 0, false, false, false, nanos);
    }

    public Checks begun(long nextDueNanos) {
        return new Checks(passedInRow, failedInRow, answered, busy, true, nextDueNanos);
    }

    public Checks passed() {
        return new Checks(passedInRow + 1, 0, true, false, false, dueNanos);
    }

    public Checks failed(boolean withAnswer) {
        return new Checks(0, failedInRow + 1, withAnswer, false, false, dueNanos);
    }

    /** What was passed does not count any more, and the next one is due at once. */
    public Checks doubted(long now) {
        return new Checks(0, failedInRow, answered, busy, underWay, underWay ? dueNanos : now);
    }

    /** A request has been answered meanwhile. */
    public Checks servingMeanwhile() {
        return new Checks(passedInRow, failedInRow, answered, true, underWay, dueNanos);
    }

    /** The running check said nothing that counts. */
    public Checks discarded() {
        return new Checks(passedInRow, failedInRow, answered, busy, false, dueNanos);
    }
}
