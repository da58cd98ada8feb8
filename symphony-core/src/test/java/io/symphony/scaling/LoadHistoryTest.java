package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadHistoryTest {

    private final LoadHistory history = new LoadHistory();

    @Test
    void knowsNothingAndSaysZeroBeforeTheFirstSample() {
        assertThat(history.requestsBetween(Duration.ZERO, seconds(10))).isZero();
        assertThat(history.concurrencyBetween(Duration.ZERO, seconds(10))).isZero();
        assertThat(history.recordedSince()).isZero();
    }

    @Test
    void countsAWindowExactlyAtTickBoundaries() {
        // Ten ticks a second, and at each as many requests as its number, so that no two windows are alike.
        long total = 0;
        for (int tick = 0; tick <= 100; tick++) {
            total += tick;
            sample(millis(100 * tick).toNanos(), total, 0);
        }

        assertThat(history.requestsBetween(millis(0), millis(10_000))).isEqualTo(5_050);
        assertThat(history.requestsBetween(millis(5_000), millis(6_000)))
                .isEqualTo(51 + 52 + 53 + 54 + 55 + 56 + 57 + 58 + 59 + 60);
        assertThat(history.requestsBetween(millis(9_900), millis(10_000))).isEqualTo(100);
    }

    @Test
    void sideBySideWindowsLoseNothingAndCountNothingTwice() {
        for (int tick = 1; tick <= 1_000; tick++) {
            sample(millis(97 * tick).toNanos(), 3L * tick, 0);
        }

        long sum = 0;
        for (int window = 0; window < 97; window++) {
            sum += history.requestsBetween(millis(1_000 * window), millis(1_000 * (window + 1)));
        }
        assertThat(sum).isEqualTo(history.requestsBetween(Duration.ZERO, millis(97_000)));
        assertThat(sum)
                .as("the last of the 3,000 came after the last sample that is kept")
                .isEqualTo(2_997);
    }

    @Test
    void whatLiesAheadOfTheRecordIsNotThereYet() {
        sample(seconds(1).toNanos(), 10, 0);

        assertThat(history.requestsBetween(seconds(1), seconds(60))).isZero();
        assertThat(history.requestsBetween(seconds(-5), seconds(60))).isEqualTo(10);
    }

    @Test
    void whatWasSaidOfAWindowIsNeverRevised() {
        sample(millis(1_000).toNanos(), 10, 0);
        sample(millis(1_040).toNanos(), 15, 0);
        long said = history.requestsBetween(Duration.ZERO, millis(1_040));

        sample(millis(1_110).toNanos(), 20, 0);

        assertThat(said).isEqualTo(10);
        assertThat(history.requestsBetween(Duration.ZERO, millis(1_040))).isEqualTo(said);
        assertThat(history.requestsBetween(millis(1_040), millis(1_110))).isEqualTo(10);
    }

    @Test
    void aBurstOfTicksDoesNotShortenTheRecord() {
        for (int tick = 0; tick <= 1_000_000; tick++) {
            sample(tick * 1_000_000L, tick, 0);
        }

        assertThat(history.recordedSince()).isZero();
        assertThat(history.requestsBetween(seconds(100), seconds(101))).isEqualTo(1_000);
    }

    @Test
    void growsWithoutForgetting() {
        for (int tick = 0; tick < 5_000; tick++) {
            sample(millis(100 * tick).toNanos(), 7L * tick, 1);
        }

        assertThat(history.recordedSince()).isZero();
        assertThat(history.requestsBetween(Duration.ZERO, millis(1_000))).isEqualTo(70);
        assertThat(history.requestsBetween(millis(250_000), millis(499_900))).isEqualTo(7 * 2_499);
    }

    @Test
    void forgetsTheOldestOnceItIsFullAndSaysSo() {
        int ticks = 200_000;
        for (int tick = 0; tick < ticks; tick++) {
            sample(millis(100L * tick).toNanos(), 2L * tick, 4);
        }

        Duration since = millis(100L * (ticks - (1 << 16)));
        assertThat(history.recordedSince()).isEqualTo(since);
        assertThat(history.recordedSince()).isGreaterThan(Duration.ofHours(3));
        assertThat(history.requestsBetween(since, since.plusSeconds(1))).isEqualTo(20);
        assertThat(history.requestsBetween(since.minusSeconds(1), since)).isZero();
        assertThat(history.concurrencyBetween(Duration.ZERO, millis(100L * ticks)))
                .isEqualTo(4, within(1e-9));
        assertThat(millis(100L * ticks).minus(since)).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void averagesWhoWasInsideOverTime() {
        sample(0, 0, 0);
        sample(seconds(1).toNanos(), 0, 10); // ten during the first second
        sample(seconds(2).toNanos(), 0, 0); // nobody during the next
        sample(seconds(4).toNanos(), 0, 3); // three during two more

        assertThat(history.concurrencyBetween(Duration.ZERO, seconds(1))).isEqualTo(10, within(1e-9));
        assertThat(history.concurrencyBetween(Duration.ZERO, seconds(2))).isEqualTo(5, within(1e-9));
        assertThat(history.concurrencyBetween(Duration.ZERO, seconds(4))).isEqualTo(4, within(1e-9));
        assertThat(history.concurrencyBetween(seconds(2), seconds(4))).isEqualTo(3, within(1e-9));
        assertThat(history.concurrencyBetween(seconds(2), seconds(60)))
                .as("what is not on record does not count")
                .isEqualTo(3, within(1e-9));
        assertThat(history.concurrencyBetween(seconds(60), seconds(90))).isZero();
    }

    @Test
    void knowsHowManyEndedAndHowManyWaited() {
        sample(0, 0, 0);
        sample(seconds(1).toNanos(), 40, 10);
        sample(seconds(2).toNanos(), 100, 10);

        assertThat(history.endedBetween(seconds(1), seconds(2))).isEqualTo(30);
        assertThat(history.waitingBetween(Duration.ZERO, seconds(2))).isEqualTo(20, within(1e-9));
    }

    @Test
    void timesRequestsByLittlesLaw() {
        sample(0, 0, 0);
        sample(seconds(1).toNanos(), 40, 10);
        sample(seconds(2).toNanos(), 100, 10);

        // Ten inside all the time and fifty ended in two seconds: each was inside for 400 ms.
        assertThat(history.latencyBetween(Duration.ZERO, seconds(2))).contains(millis(400));
        assertThat(history.latencyBetween(seconds(-8), seconds(2)))
                .as("before the record there is nothing to average")
                .contains(millis(400));
        assertThat(history.latencyBetween(seconds(2), seconds(3)))
                .as("none ended")
                .isEmpty();
    }

    private void sample(long nanos, long requests, int inside) {
        history.sample(new Sample(
                Duration.ofNanos(nanos), Instant.EPOCH, requests, requests / 2, inside, 2 * inside, Map.of()));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
