package io.symphony.scaling;

import java.time.Duration;

/**
 * How fast the number of replicas may change: by so many or by a share of them within a period, whichever is more.
 *
 * <pre>{@code
 * Pace doubling = Pace.of(4, 1.0, Duration.ofSeconds(15)); // 4 more or 100 % more in 15 s
 * }</pre>
 *
 * @param replicas how many in any case
 * @param share which share of those at the beginning of the period
 * @param period the time in which that may happen
 */
public record Pace(int replicas, double share, Duration period) {

    /** No limit at all. */
    public static final Pace ANY = new Pace(Integer.MAX_VALUE, 0, Duration.ofSeconds(1));

    public Pace {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas: " + replicas + " (expected: >= 0)");
        }
        if (!(share >= 0)) {
            throw new IllegalArgumentException("share: " + share + " (expected: >= 0)");
        }
        if (replicas == 0 && share == 0) {
            throw new IllegalArgumentException(
                    "replicas, share: 0 and 0 (expected: one above 0, or no change ever comes)");
        }
        Windows.require(period);
    }

    public static Pace of(int replicas, double share, Duration period) {
        return new Pace(replicas, share, period);
    }

    int above(int base) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max((double) base + replicas, Math.ceil(base * (1 + share))));
    }

    int below(int base) {
        return (int) Math.max(0, Math.min((double) base - replicas, Math.floor(base * (1 - share))));
    }

    @Override
    public String toString() {
        return equals(ANY)
                ? "any number"
                : replicas + " or " + Numbers.percent(share) + " in " + Windows.inSeconds(period);
    }
}
