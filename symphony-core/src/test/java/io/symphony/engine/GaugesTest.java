package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.spi.Gauge;
import io.symphony.testing.ManualTicker;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class GaugesTest {

    private final ManualTicker ticker = new ManualTicker();

    @Test
    void whatAGaugeSaysIsKnownForTenSeconds() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        Gauge onceOnly = () -> {
            if (first.getCount() == 0) {
                never.await();
            }
            first.countDown();
            return OptionalDouble.of(40);
        };
        try (Gauges gauges = started(Map.of("queue", onceOnly))) {
            await().until(() -> gauges.get().equals(Map.of("queue", 40.0)));

            ticker.advance(Duration.ofSeconds(10));
            assertThat(gauges.get()).containsKey("queue");
            ticker.advance(Duration.ofMillis(1));
            assertThat(gauges.get()).isEmpty();
        }
    }

    @Test
    void oneThatHangsFailsOrKnowsNothingHoldsUpNoOther() {
        Map<String, Gauge> all = Map.of(
                "hangs",
                        () -> {
                            new CountDownLatch(1).await();
                            return OptionalDouble.of(1);
                        },
                "fails",
                        () -> {
                            throw new IllegalStateException("no connection");
                        },
                "knows nothing", OptionalDouble::empty,
                "is no number", () -> OptionalDouble.of(Double.NaN),
                "works", () -> OptionalDouble.of(2));
        try (Gauges gauges = started(all)) {
            await().untilAsserted(() -> assertThat(gauges.get()).isEqualTo(Map.of("works", 2.0)));
        }
    }

    private Gauges started(Map<String, Gauge> gauges) {
        Gauges started = new Gauges(gauges, ticker);
        started.start();
        return started;
    }
}
