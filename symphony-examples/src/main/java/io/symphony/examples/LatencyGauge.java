package io.symphony.examples;

import io.symphony.proxy.Latency;
import io.symphony.proxy.Listener;
import io.symphony.spi.Gauge;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The latency, in seconds, that a share of the requests of the last half minute did not exceed. It is read off what the
 * listener counts anyway, once a second. The listener comes after the orchestrator that asks for this.
 */
final class LatencyGauge implements Gauge {
    private static final int SECONDS = 30;

    private final double share;
    private final Deque<Latency> past = new ArrayDeque<>();
    private volatile @Nullable Listener listener;

    LatencyGauge(double share) {
        this.share = share;
    }

    void of(Listener measured) {
        listener = measured;
    }

    @Override
    public OptionalDouble value() {
        Listener measured = listener;
        return measured == null
                ? OptionalDouble.empty()
                : recent(measured.durations().serverLatency());
    }

    private OptionalDouble recent(Latency now) {
        past.addLast(now);
        if (past.size() > SECONDS + 1) {
            past.removeFirst();
        }
        Latency recent = now.since(past.getFirst());
        return recent.count() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(recent.quantile(share).toNanos() / 1e9);
    }
}
