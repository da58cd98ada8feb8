package io.symphony.engine;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import java.time.Duration;

/**
 * How long to leave it after starts that failed in a row: not at all after the first, then one second, two, four, up to
 * half a minute. A replica that got well and ended soon after counts as a failed start, or a crash loop would go on at
 * full speed.
 *
 * @param failures how many starts failed in a row
 * @param failedNanos when the last of them failed; only meaningful after a failure
 * @param error what the last of them failed of
 */
record Backoff(int failures, long failedNanos, String error) {

    static final Backoff NONE = new Backoff(0, 0, "");

    /** Up to this age in service, an end counts as a failed start. */
    static final long YOUNG = Duration.ofSeconds(10).toNanos();

    /** From so many failures in a row on, the next start is not worth waiting for. */
    private static final int SEVERE = 3;

    private static final int MOST_ERROR = 200;
    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long MOST = Duration.ofSeconds(30).toNanos();
    private static final long MEMORY = Duration.ofMinutes(10).toNanos();

    /** What fails during a pause does not prolong it, or ten replicas that start in parallel would climb ten steps. */
    Backoff failed(long now, String why) {
        return holds(now) ? this : new Backoff(failures + 1, now, firstLine(why));
    }

    /** The rest is the replica's output, which is not for everybody who hears of this. */
    private static String firstLine(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > MOST_ERROR ? line.substring(0, MOST_ERROR) + "..." : line;
    }

    boolean isSevere() {
        return failures >= SEVERE;
    }

    /** How starts fail; empty while they do not. */
    String trouble() {
        return isSevere() ? failures + " starts failed in a row, the last: " + error : "";
    }

    boolean holds(long now) {
        return failures > 0 && untilNanos() - now > 0;
    }

    private long untilNanos() {
        return failedNanos + pauseAfter(failures - 1);
    }

    /** Forgotten once a replica that got well since has served for a while; or after a long time, whatever happened. */
    Backoff forgivenBy(Fleet fleet, long now) {
        if (failures == 0) {
            return this;
        }
        boolean forgiven = now - failedNanos > MEMORY;
        for (int i = 0; i < fleet.size() && !forgiven; i++) {
            Replica replica = fleet.at(i);
            forgiven = replica.phase() == Phase.READY
                    && replica.sinceNanos() - failedNanos > 0
                    && now - replica.sinceNanos() > YOUNG;
        }
        return forgiven ? NONE : this;
    }

    String inWords(long now) {
        String when = holds(now) ? "the next start in " + Words.seconds(untilNanos() - now) : "tried again at once";
        return (failures == 1 ? "the first failure, " : failures + " failures in a row, ") + when;
    }

    static long pauseAfter(int failures) {
        return failures == 0 ? 0 : Math.min(MOST, FIRST << Math.min(failures - 1, 10));
    }
}
