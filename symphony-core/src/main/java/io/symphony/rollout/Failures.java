package io.symphony.rollout;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Whether more requests fail at the new version. Given how many requests of a beat ended on each side and how many of
 * all failed, chance alone deals the failures out like cards: each is the new version's with the probability of its
 * share in the requests. So what both sides suffer from, such as a database that is away, convinces nobody.
 *
 * <p>A bet says "the odds of failing are {@code w} times as high", and pays {@code w} for each failure of the new
 * version against {@code 1 + (w - 1) * share} for each failure at all. Cards that are not put back scatter less than
 * dice (Hoeffding), so the game is fair or better for the new version.
 */
final class Failures {

    private static final double[] ODDS = {2, 4, 16};

    static final Failures NONE = new Failures(Wealth.split(ODDS.length), 0, 0, 0, 0);

    private final Wealth wealth;
    private final long newEnded;
    private final long newFailed;
    private final long formerEnded;
    private final long formerFailed;

    private Failures(Wealth wealth, long newEnded, long newFailed, long formerEnded, long formerFailed) {
        this.wealth = wealth;
        this.newEnded = newEnded;
        this.newFailed = newFailed;
        this.formerEnded = formerEnded;
        this.formerFailed = formerFailed;
    }

    Failures after(Collection<Sample> newcomers, Collection<Sample> formers) {
        long ended = sum(newcomers, Sample::ended);
        long failed = sum(newcomers, Sample::failed);
        long othersEnded = sum(formers, Sample::ended);
        long othersFailed = sum(formers, Sample::failed);
        return new Failures(
                bet(ended, failed, othersEnded, othersFailed),
                newEnded + ended,
                newFailed + failed,
                formerEnded + othersEnded,
                formerFailed + othersFailed);
    }

    /** Nothing is learned where only one side had requests: its share of them is one or nothing. */
    private Wealth bet(long ended, long failed, long othersEnded, long othersFailed) {
        if (ended == 0 || othersEnded == 0) {
            return wealth;
        }
        double share = (double) ended / (ended + othersEnded);
        return wealth.times(Arrays.stream(ODDS)
                .map(odds -> failed * Math.log(odds) - (failed + othersFailed) * Math.log1p((odds - 1) * share))
                .toArray());
    }

    boolean areMore(double chance) {
        return wealth.exceeds(chance);
    }

    String inWords() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d requests failed at the new version, and %,d of %,d at the former",
                newFailed,
                newEnded,
                formerFailed,
                formerEnded);
    }

    private static long sum(Collection<Sample> samples, java.util.function.ToLongFunction<Sample> part) {
        return samples.stream().mapToLong(part).sum();
    }
}
