package io.symphony.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRateTest {
    private static final long MILLI = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {0, 123_456_789, -5_000_000_000L, Long.MAX_VALUE - 2_000_000_000L})
    void aRequestCountsForOneSecond(long start) {
        RequestRate rate = new RequestRate();
        rate.count(start);
        rate.count(start + 500 * MILLI);

        assertThat(rate.perSecond(start + 500 * MILLI)).isEqualTo(2);
        assertThat(rate.perSecond(start + 1_100 * MILLI)).isEqualTo(1);
        assertThat(rate.perSecond(start + 1_700 * MILLI)).isZero();
    }

    @Test
    void aLongSilenceForgetsEverything() {
        RequestRate rate = new RequestRate();
        rate.count(0);

        assertThat(rate.perSecond(3_600_000 * MILLI)).isZero();
    }
}
