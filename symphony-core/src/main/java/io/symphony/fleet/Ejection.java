package io.symphony.fleet;

import java.time.Duration;

/**
 * Whether failing requests have put a replica out of the rotation, and how often they have.
 *
 * <pre>{@code
 * Ejection.NONE.again(now, Duration.ofSeconds(30)).isOut(); // true
 * }</pre>
 *
 * @param times how often it was put out, less one for each healthy sweep since
 * @param isOut whether it is out now
 * @param sinceNanos since when it is out, or in again
 * @param dueNanos when it comes back in by itself; when it is in, when the next time is taken off
 */
public record Ejection(int times, boolean isOut, long sinceNanos, long dueNanos) {

    /** It never was. */
    public static final Ejection NONE = new Ejection(0, false, 0, 0);

    private static final long SWEEP = Duration.ofSeconds(10).toNanos();

    public Ejection again(long now, Duration lasts) {
        return new Ejection(times + 1, true, now, now + lasts.toNanos());
    }

    /** It serves again, and is not forgiven yet. */
    public Ejection over(long now) {
        return new Ejection(times, false, now, now + SWEEP);
    }

    /** A sweep found it serving: one time is taken off. */
    public Ejection swept(long now) {
        return times <= 1 ? NONE : new Ejection(times - 1, false, sinceNanos, now + SWEEP);
    }

    /** Whether its time has come: to serve again, or for the next sweep. */
    public boolean isDue(long now) {
        return times > 0 && now - dueNanos >= 0;
    }
}
