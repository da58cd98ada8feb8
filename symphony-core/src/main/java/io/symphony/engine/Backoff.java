package io.symphony.engine;

import java.time.Duration;

/**
 * How long to leave it after starts that failed in a row: not at all after the first, then one second, two, four, up to
 * half a minute. A replica that got well and ended soon after counts as a failed start, or a crash loop would go on at
 * full speed.
 *
 * @param failures how many starts failed in a row
 * @param untilNanos before this nothing is started; only meaningful after a failure
 */
record Backoff(int failures, long untilNanos) {

    static final Backoff NONE = new Backoff(0, 0);

    /** Up to this age in service, an end counts as a failed start. */
    static final long YOUNG = Duration.ofSeconds(10).toNanos();

    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long MOST = Duration.ofSeconds(30).toNanos();

    /** What fails during a pause does not prolong it, or ten replicas that start in parallel would climb ten steps. */
    Backoff failed(long now) {
        return holds(now) ? this : new Backoff(failures + 1, now + pauseAfter(failures));
    }

    boolean holds(long now) {
        return failures > 0 && now - untilNanos < 0;
    }

    /** Forgotten after the longest pause without another failure. */
    Backoff forgivenBy(long now) {
        return failures > 0 && now - untilNanos > MOST ? NONE : this;
    }

    String inWords(long now) {
        String when = holds(now) ? "the next start in " + Words.seconds(untilNanos - now) : "tried again at once";
        return (failures == 1 ? "the first failure, " : failures + " failures in a row, ") + when;
    }

    static long pauseAfter(int failures) {
        return failures == 0 ? 0 : Math.min(MOST, FIRST << Math.min(failures - 1, 10));
    }
}
