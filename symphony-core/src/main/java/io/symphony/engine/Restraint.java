package io.symphony.engine;

import java.time.Duration;

/**
 * What holds scaling back, whatever a policy says. Healing knows nothing of it.
 *
 * @param zeroAfter how long nobody has to ask for anything before the last replica goes, where none may be
 * @param changesAnHour how many starts and stops an hour scaling may cause
 */
public record Restraint(Duration zeroAfter, int changesAnHour) {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Six times an hour from the least to the most and back: out of the way of any load, and a bound for the rest. */
    private static final int CHANGES_OF_EACH = 12;

    public Restraint {
        if (zeroAfter.compareTo(SHORTEST) < 0 || zeroAfter.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("zeroAfter: " + zeroAfter + " (expected: 100 ms to 365 days)");
        }
        if (changesAnHour < 2) {
            throw new IllegalArgumentException(
                    "changesPerHour: " + changesAnHour + " (expected: >= 2, one replica stopped and started again)");
        }
    }

    /** Five minutes, and a budget that a fleet of this size does not notice. */
    public static Restraint standard(int max) {
        return new Restraint(Duration.ofMinutes(5), changesOf(max));
    }

    /** The default budget of a fleet of this size. */
    public static int changesOf(int max) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, max) * (long) CHANGES_OF_EACH);
    }
}
