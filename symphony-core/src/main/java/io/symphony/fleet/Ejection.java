package io.symphony.fleet;

import java.time.Duration;

/**
 * Whether its requests have put a replica out of the rotation, and how often they have.
 *
 * <pre>{@code
 * Ejection.NONE.failing(now, Duration.ofSeconds(30)).isOut(); // true
 * }</pre>
 *
 * @param times how often it was put out, less one for each healthy sweep since
 * @param stage where it stands
 * @param sinceNanos since when it stands there
 * @param dueNanos when it comes back in by itself, is tried, or is given up; when it is in, when the next time is taken off
 */
public record Ejection(int times, Stage stage, long sinceNanos, long dueNanos) {

    /** It never was. */
    public static final Ejection NONE = new Ejection(0, Stage.IN, 0, 0);

    private static final long SWEEP = Duration.ofSeconds(10).toNanos();

    /** Where a replica stands for what its requests tell of it. */
    public enum Stage {
        /** It serves. */
        IN,
        /** Requests failed at it, so it gets none. */
        FAILING,
        /** It took requests and answered none, while others answered; it gets no more. */
        SILENT,
        /** It answers requests but misses its checks, so it gets fewer and fewer. */
        EASED,
        /** It still misses them, so it gets no more until it passes one. */
        RELIEVED,
        /** It was silent, and one request at a time finds out whether it still is. */
        ON_TRIAL
    }

    /** Requests failed at it. */
    public Ejection failing(long now, Duration lasts) {
        return new Ejection(times + 1, Stage.FAILING, now, now + lasts.toNanos());
    }

    /** It answers nothing. */
    public Ejection silent(long now, Duration lasts) {
        return new Ejection(times + 1, Stage.SILENT, now, now + lasts.toNanos());
    }

    /** It has too much to do; nothing is held against it. */
    public Ejection eased(long now, Duration lasts) {
        return new Ejection(times, Stage.EASED, now, now + lasts.toNanos());
    }

    /** Less was not enough; it has as long to recover as it was given at first. */
    public Ejection relieved(long now) {
        return new Ejection(times, Stage.RELIEVED, now, dueNanos);
    }

    /** It is tried with one request at a time. */
    public Ejection tried(long now) {
        return new Ejection(times, Stage.ON_TRIAL, now, dueNanos);
    }

    /** It serves again, and is not forgiven yet. */
    public Ejection over(long now) {
        return new Ejection(times, Stage.IN, now, now + SWEEP);
    }

    /** A sweep found it serving: one time is taken off. */
    public Ejection swept(long now) {
        return times <= 1 ? NONE : new Ejection(times - 1, Stage.IN, sinceNanos, now + SWEEP);
    }

    /** Whether it gets no requests for now. */
    public boolean isOut() {
        return stage == Stage.FAILING || stage == Stage.SILENT || stage == Stage.RELIEVED;
    }

    /** Whether it was silent, and has not answered since. */
    public boolean isDoubted() {
        return stage == Stage.SILENT || stage == Stage.ON_TRIAL;
    }

    /** Whether it answers requests but misses its checks, and gets fewer requests for that, or none. */
    public boolean isRelieved() {
        return stage == Stage.EASED || stage == Stage.RELIEVED;
    }

    /** Whether its time has come: to serve again, to be tried, or for the next sweep. */
    public boolean isDue(long now) {
        return times > 0 && stage != Stage.ON_TRIAL && !isRelieved() && now - dueNanos >= 0;
    }
}
