package io.symphony.engine;

import java.time.Duration;

/**
 * What was learned from replicas that were wanted again soon after they had been let go. Three such times may be chance; from
 * the fourth on a step down first waits until fewer have been wanted for a while, and twice as long after each further
 * one. Ten minutes without one make up for one.
 *
 * @param times how often it came to that
 * @param lastNanos when it did last
 * @param loweredNanos when the last step down was taken
 * @param isOpen whether that step may still turn out to be one
 */
record Regret(int times, long lastNanos, long loweredNanos, boolean isOpen) {

    static final Regret NONE = new Regret(0, 0, 0, false);

    /** Half a minute less than the window of the original rule, which may fall and rise with each window as it likes. */
    private static final long SOON = Duration.ofSeconds(90).toNanos();

    private static final long FORGETS_ONE_IN = Duration.ofMinutes(10).toNanos();
    private static final int CHANCE = 3;
    private static final long FIRST_PAUSE = Duration.ofSeconds(30).toNanos();
    /** Sixteen minutes, after nine times. */
    private static final int MOST_DOUBLINGS = 5;

    Regret lowered(long now) {
        return new Regret(times, lastNanos, now, true);
    }

    Regret raised(long now) {
        boolean soon = isOpen && now - loweredNanos <= SOON;
        return soon ? new Regret(remembered(now) + 1, now, loweredNanos, false) : this;
    }

    /** How long fewer have to be wanted before a step down; nothing at first. */
    Duration pause(long now) {
        int beyondChance = remembered(now) - CHANCE;
        return beyondChance <= 0
                ? Duration.ZERO
                : Duration.ofNanos(FIRST_PAUSE << Math.min(MOST_DOUBLINGS, beyondChance - 1));
    }

    /** How often, but for what time has made up for. */
    int remembered(long now) {
        return times == 0 ? 0 : (int) Math.max(0, times - (now - lastNanos) / FORGETS_ONE_IN);
    }
}
