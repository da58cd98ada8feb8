package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private final Durations durations = new Durations();

    @Test
    void aBoundBelongsToItsBucketAndWhatIsLongerThanAllGoesToTheLast() {
        note(200, Duration.ofMillis(5));
        note(200, Duration.ofMillis(5).plusNanos(1));
        note(200, Duration.ofSeconds(10));
        note(200, Duration.ofSeconds(11));

        DurationHistogram histogram = series(Durations.Side.SERVER).get(0).durations();
        assertThat(histogram.counts()).containsExactly(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L);
        assertThat(histogram.count()).isEqualTo(4);
        assertThat(histogram.sum()).isEqualTo(Duration.ofMillis(21_010).plusNanos(1));
    }

    @Test
    void noReplicaCanMakeMoreSeriesThanThereAreRegisteredCodes() {
        IntStream.range(100, 1_000).forEach(status -> note(status, Duration.ZERO));

        assertThat(series(Durations.Side.SERVER)).hasSize(StatusCodes.COUNT - 1);
        assertThat(StatusCodes.code(StatusCodes.slot(299))).isEqualTo(200);
        assertThat(StatusCodes.code(StatusCodes.slot(499))).isEqualTo(400);
        assertThat(StatusCodes.code(StatusCodes.slot(999))).isEqualTo(500);
    }

    @Test
    void aClientsMistakeIsAnErrorToClientsOnly() {
        note(404, Duration.ZERO);

        assertThat(series(Durations.Side.SERVER).get(0).errorType()).isEmpty();
        assertThat(series(Durations.Side.CLIENT).get(0).errorType()).isEqualTo(Optional.of("404"));
    }

    @Test
    void loopsAddUp() {
        Durations other = new Durations();
        note(200, Duration.ofMillis(1));
        other.note(RequestMethod.Meaning.GET, 200, RequestError.NONE, 2_000_000);
        other.note(RequestMethod.Meaning.OTHER, 0, RequestError.CLIENT_GONE, 3_000_000);

        List<Durations> both = List.of(durations, other);
        assertThat(Durations.latency(both).count()).isEqualTo(3);
        assertThat(Durations.series(both, Durations.Side.SERVER))
                .extracting(
                        DurationSeries::method,
                        DurationSeries::status,
                        each -> each.durations().count())
                .containsExactly(tuple("GET", 200, 2L), tuple("_OTHER", 0, 1L));
    }

    @Test
    void aQuantileIsNeverTooLowAndAtMostASixteenthTooHigh() {
        for (long micros = 1; micros < 4_000_000_000L; micros += 1 + micros / 7) {
            Durations one = new Durations();
            one.note(RequestMethod.Meaning.GET, 200, RequestError.NONE, micros * 1_000);
            long told = Durations.latency(List.of(one)).quantile(0.99).toNanos() / 1_000;

            assertThat(told).isGreaterThan(micros).isLessThanOrEqualTo(micros + micros / 16 + 1);
        }
    }

    @Test
    void quantilesAreThoseOfTheTimeSinceAnEarlierSnapshot() {
        note(200, Duration.ofSeconds(5));
        Latency before = latency();
        IntStream.rangeClosed(1, 100).forEach(millis -> note(200, Duration.ofMillis(millis)));

        Latency since = latency().since(before);
        assertThat(since.count()).isEqualTo(100);
        assertThat(since.quantile(0.5)).isBetween(Duration.ofMillis(50), Duration.ofMillis(54));
        assertThat(since.quantile(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(107));
        assertThat(latency().since(latency()).quantile(0.99)).isZero();
    }

    private void note(int status, Duration took) {
        durations.note(RequestMethod.Meaning.GET, status, RequestError.NONE, took.toNanos());
    }

    private List<DurationSeries> series(Durations.Side side) {
        return Durations.series(List.of(durations), side);
    }

    private Latency latency() {
        return Durations.latency(List.of(durations));
    }
}
