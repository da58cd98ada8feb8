package io.symphony.rollout;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Whether the new version is slower. In each beat every new replica's mean latency is held against every former one's;
 * only the share of comparisons that the new one loses counts, not by how much, so one very slow request convinces
 * nobody. While the new version is no slower than is tolerated, it loses no more than half of them on average.
 */
final class Latency {

    private static final double[] STAKES = {0.25, 0.5, 0.75};

    static final Latency NONE = new Latency(Wealth.split(STAKES.length), new Sample(0, 0, 0), new Sample(0, 0, 0));

    private final Wealth wealth;
    private final Sample newcomers;
    private final Sample formers;

    private Latency(Wealth wealth, Sample newcomers, Sample formers) {
        this.wealth = wealth;
        this.newcomers = newcomers;
        this.formers = formers;
    }

    Latency after(Collection<Sample> ofNew, Collection<Sample> ofFormer, RollOutPolicy policy) {
        List<Sample> news = ofNew.stream().filter(each -> !each.isIdle()).toList();
        List<Sample> olds = ofFormer.stream().filter(each -> !each.isIdle()).toList();
        if (news.isEmpty() || olds.isEmpty()) {
            return this;
        }
        double lost = lost(news, olds, policy);
        return new Latency(
                wealth.times(Arrays.stream(STAKES)
                        .map(stake -> Math.log1p(stake * (2 * lost - 1)))
                        .toArray()),
                sum(newcomers, news),
                sum(formers, olds));
    }

    private static double lost(List<Sample> news, List<Sample> olds, RollOutPolicy policy) {
        long count = 0;
        for (Sample former : olds) {
            double limit =
                    former.latencyNanos() * policy.slower() + policy.slack().toNanos();
            count += news.stream().filter(each -> each.latencyNanos() > limit).count();
        }
        return (double) count / (news.size() * (long) olds.size());
    }

    private static Sample sum(Sample before, List<Sample> samples) {
        return samples.stream()
                .reduce(
                        before,
                        (one, other) ->
                                new Sample(one.ended() + other.ended(), 0, one.busyNanos() + other.busyNanos()));
    }

    boolean isWorse(double chance) {
        return wealth.exceeds(chance);
    }

    String inWords() {
        return String.format(
                Locale.ROOT,
                "%.1f ms a request at the new version, and %.1f ms at the former",
                newcomers.latencyNanos() / 1e6,
                formers.latencyNanos() / 1e6);
    }
}
