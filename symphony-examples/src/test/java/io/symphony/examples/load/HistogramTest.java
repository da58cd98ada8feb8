package io.symphony.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistogramTest {

    @Test
    void withoutValuesEverythingIsZero() {
        Histogram histogram = new Histogram();

        assertThat(histogram.count()).isZero();
        assertThat(histogram.mean()).isZero();
        assertThat(histogram.quantile(0.5)).isZero();
        assertThat(histogram.least()).isZero();
    }

    @Test
    void smallValuesAreExact() {
        Histogram histogram = new Histogram();
        for (int value = 1; value <= 10; value++) {
            histogram.record(value);
        }

        assertThat(histogram.quantile(0.5)).isEqualTo(5);
        assertThat(histogram.quantile(0.9)).isEqualTo(9);
        assertThat(histogram.quantile(1)).isEqualTo(10);
        assertThat(histogram.mean()).isEqualTo(5.5);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 63, 64, 65, 1_000, 999_999, 123_456_789_012L, Long.MAX_VALUE})
    void oneValueIsEveryQuantile(long value) {
        Histogram histogram = new Histogram();
        histogram.record(value);

        assertThat(histogram.quantile(0.01)).isEqualTo(value);
        assertThat(histogram.quantile(0.99)).isEqualTo(value);
    }

    @Test
    void aQuantileIsOffByLessThanTwoPercent() {
        Random random = new Random(42);
        long[] values = random.longs(20_000, 100_000, 2_000_000_000L).toArray();
        Histogram histogram = new Histogram();
        Arrays.stream(values).forEach(histogram::record);
        Arrays.sort(values);

        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 0.999}) {
            long exact = values[(int) Math.ceil(share * values.length) - 1];
            assertThat(histogram.quantile(share)).isCloseTo(exact, Percentage.withPercentage(1.6));
        }
        assertThat(histogram.mean()).isCloseTo(Arrays.stream(values).average().orElseThrow(), within(1.0));
    }

    @Test
    void twoAddUp() {
        Histogram some = new Histogram();
        some.record(10);
        Histogram more = new Histogram();
        more.record(30);
        more.record(-5);

        some.add(more);

        assertThat(some.count()).isEqualTo(3);
        assertThat(some.least()).isZero();
        assertThat(some.most()).isEqualTo(30);
    }
}
