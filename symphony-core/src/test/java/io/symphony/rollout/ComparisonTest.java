package io.symphony.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What convinces, what does not, and how often it is wrong. Times are simulated: a beat is half a second. */
class ComparisonTest {

    private static final Logger LOG = LoggerFactory.getLogger(ComparisonTest.class);
    private static final double BEAT_SECONDS = 0.5;
    private static final RollOutPolicy POLICY = RollOutPolicy.standard();

    /** What one version's replicas do: how many there are, how often they fail, how long a request takes. */
    private record Version(int replicas, double failing, DoubleSupplier seconds) {}

    @Test
    void aVersionThatFailsEverythingIsFoundOutWithinAHandfulOfRequests() {
        Comparison comparison = Comparison.NONE;
        int failed = 0;
        while (comparison.verdict(POLICY).isEmpty()) {
            comparison =
                    comparison.after(List.of(new Sample(1, 1, 0)), List.of(), List.of(new Sample(3, 0, 0)), POLICY);
            failed++;
        }
        assertThat(failed).isLessThanOrEqualTo(8);
        assertThat(comparison.verdict(POLICY))
                .contains(failed + " of " + failed + " requests failed at the new version, and 0 of " + 3 * failed
                        + " at the former (by chance in fewer than 1 of 1,000 roll-outs)");
    }

    @Test
    void whatBothVersionsSufferFromConvincesNobody() {
        Comparison comparison = Comparison.NONE;
        for (int beat = 0; beat < 1_000; beat++) { // the database is away
            comparison =
                    comparison.after(List.of(new Sample(10, 10, 0)), List.of(), List.of(new Sample(30, 30, 0)), POLICY);
            assertThat(comparison.verdict(POLICY)).isEmpty();
        }
    }

    @Test
    void withoutAFormerVersionBesideItThereIsNothingToCompare() {
        Comparison comparison = Comparison.NONE;
        for (int beat = 0; beat < 1_000; beat++) {
            comparison = comparison.after(
                    List.of(new Sample(10, 10, 1e9)), List.of(new Sample(10, 10, 1e9)), List.of(), POLICY);
        }
        assertThat(comparison.verdict(POLICY)).isEmpty();
    }

    @Test
    void aVersionThatIsTwiceAsSlowIsFoundOut() {
        Comparison comparison = Comparison.NONE;
        int beats = 0;
        while (comparison.verdict(POLICY).isEmpty()) {
            List<Sample> newcomers = List.of(new Sample(20, 0, 20 * 40e6));
            comparison = comparison.after(
                    newcomers, newcomers, List.of(new Sample(20, 0, 20 * 20e6), new Sample(20, 0, 20 * 21e6)), POLICY);
            beats++;
        }
        assertThat(beats).isLessThanOrEqualTo(16);
        assertThat(comparison.verdict(POLICY).orElseThrow())
                .startsWith("40.0 ms a request at the new version, and 20.5 ms at the former");
    }

    @Test
    void slownessWithinWhatIsToleratedConvincesNobody() {
        Comparison comparison = Comparison.NONE;
        for (int beat = 0; beat < 1_000; beat++) {
            List<Sample> newcomers = List.of(new Sample(20, 0, 20 * 34e6));
            comparison = comparison.after(newcomers, newcomers, List.of(new Sample(20, 0, 20 * 20e6)), POLICY);
        }
        assertThat(comparison.verdict(POLICY)).isEmpty();
    }

    @Test
    void aHungReplicaIsSlowThoughNoRequestEndsAtIt() {
        Comparison comparison = Comparison.NONE;
        for (int beat = 0; beat < 20; beat++) {
            List<Sample> newcomers = List.of(new Sample(0, 0, beat * 0.5e9));
            comparison = comparison.after(newcomers, newcomers, List.of(new Sample(20, 0, 20 * 5e6)), POLICY);
        }
        assertThat(comparison.verdict(POLICY)).isPresent();
    }

    /**
     * The promise in numbers: a minute of looking twice a second at two versions that are the same, over and over, with failures and latencies as different as services have them.
     */
    @Test
    void aVersionThatIsAsGoodIsSentBackNoMoreOftenThanWasPromised() {
        RollOutPolicy policy = POLICY.withFalseAlarms(0.05).tolerating(1, Duration.ZERO);
        SplittableRandom random = new SplittableRandom(42);
        List<Version> services = List.of(
                new Version(1, 0.001, () -> exponential(random, 0.010)),
                new Version(1, 0.05, () -> 0.005),
                new Version(1, 0.5, () -> heavyTailed(random)));
        int runs = Integer.getInteger("symphony.rollout.runs", 400);
        for (Version service : services) {
            int alarms = 0;
            for (int run = 0; run < runs; run++) {
                int newcomers = 1 + run % 3;
                alarms += beatsUntilVerdict(
                                        new Version(newcomers, service.failing, service.seconds),
                                        new Version(4 - newcomers, service.failing, service.seconds),
                                        policy,
                                        random,
                                        120)
                                > 0
                        ? 1
                        : 0;
            }
            LOG.warn("{} of {} false alarms where 5 % were allowed, {} failing", alarms, runs, service.failing);
            assertThat(alarms).isLessThanOrEqualTo((int) (0.05 * runs));
        }
    }

    /** The power, for docs/rollout.md: how long it takes at 40 requests a second a replica, one new beside three. */
    @Test
    void aWorseVersionIsSentBackSoon() {
        SplittableRandom random = new SplittableRandom(7);
        DoubleSupplier usual = () -> exponential(random, 0.010);
        Version former = new Version(3, 0.001, usual);
        assertThat(typicalSeconds("1 in 2 fails", new Version(1, 0.5, usual), former, random))
                .isLessThan(2);
        assertThat(typicalSeconds("1 in 20 fails", new Version(1, 0.05, usual), former, random))
                .isLessThan(10);
        assertThat(typicalSeconds("1 in 100 fails", new Version(1, 0.01, usual), former, random))
                .isLessThan(60);
        assertThat(typicalSeconds("30 ms", new Version(1, 0.001, () -> exponential(random, 0.030)), former, random))
                .isLessThan(30);
        assertThat(typicalSeconds("100 ms", new Version(1, 0.001, () -> exponential(random, 0.100)), former, random))
                .isLessThan(15);
    }

    private static double typicalSeconds(String what, Version worse, Version former, SplittableRandom random) {
        double[] seconds = IntStream.range(0, 31)
                .mapToDouble(run -> BEAT_SECONDS * beatsUntilVerdict(worse, former, POLICY, random, 1_000))
                .sorted()
                .toArray();
        LOG.warn(String.format(
                Locale.ROOT,
                "%s: sent back after %.1f s (median of 31), %.1f s at the most",
                what,
                seconds[15],
                seconds[30]));
        assertThat(seconds[0]).as("always sent back").isPositive();
        return seconds[15];
    }

    private static int beatsUntilVerdict(
            Version newer, Version former, RollOutPolicy policy, SplittableRandom random, int most) {
        Comparison comparison = Comparison.NONE;
        for (int beat = 1; beat <= most; beat++) {
            List<Sample> newcomers = beat(newer, random);
            comparison = comparison.after(newcomers, newcomers, beat(former, random), policy);
            if (comparison.verdict(policy).isPresent()) {
                return beat;
            }
        }
        return 0;
    }

    /** Half a second at 40 requests a second each. Time inside is looked at ten times a second, as the loop does. */
    private static List<Sample> beat(Version version, SplittableRandom random) {
        List<Sample> samples = new ArrayList<>();
        for (int replica = 0; replica < version.replicas(); replica++) {
            int requests = poisson(random, 20);
            long failed = IntStream.range(0, requests)
                    .filter(each -> random.nextDouble() < version.failing())
                    .count();
            samples.add(new Sample(requests, failed, lookedAt(version, requests, random)));
        }
        return samples;
    }

    private static double lookedAt(Version version, int requests, SplittableRandom random) {
        int seen = 0;
        for (int request = 0; request < requests; request++) {
            double start = random.nextDouble(BEAT_SECONDS);
            double end = start + version.seconds().getAsDouble();
            seen += (int) (Math.floor(end / 0.1) - Math.floor(start / 0.1));
        }
        return seen * 0.1e9;
    }

    private static int poisson(SplittableRandom random, double mean) {
        int count = -1;
        for (double sum = 0; sum < mean; count++) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return count;
    }

    private static double exponential(SplittableRandom random, double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }

    private static double heavyTailed(SplittableRandom random) {
        return 0.002 / Math.pow(1 - random.nextDouble(), 0.7);
    }
}
