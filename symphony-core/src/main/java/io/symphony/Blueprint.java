package io.symphony;

import io.symphony.engine.Rules;
import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.Deliberation;
import io.symphony.scaling.ReplicaQuota;
import io.symphony.spi.Colleagues;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.Ensemble;
import io.symphony.spi.EventListener;
import io.symphony.spi.Gauge;
import io.symphony.spi.HealthProbe;
import io.symphony.spi.RotationListener;
import io.symphony.spi.Ticker;
import io.symphony.spi.TrafficSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What a builder was told, complete and checked. */
record Blueprint(
        ServiceSpec spec,
        Rules rules,
        ContainerRuntime runtime,
        boolean ownsRuntime,
        HealthProbe probe,
        Optional<TrafficSource> traffic,
        Map<String, Gauge> gauges,
        OnExit onExit,
        int mostInside,
        int mostWaiting,
        Duration callTimeout,
        Ticker ticker,
        Clock clock,
        List<EventListener> listeners,
        List<RotationListener> rotationListeners,
        Consumer<Deliberation> deliberations,
        Optional<ReplicaQuota.Share> share,
        Optional<Company> company) {

    /** With whom it serves together. */
    record Company(Ensemble ensemble, Colleagues colleagues) {}

    private static final Duration LEAST_CALL = Duration.ofMillis(100);
    private static final Duration MOST_CALL = Duration.ofDays(1);

    Blueprint {
        gauges = Map.copyOf(gauges);
        listeners = List.copyOf(listeners);
        rotationListeners = List.copyOf(rotationListeners);
        if (company.isPresent() && rules.fixedPool()) {
            throw new IllegalArgumentException(
                    "together: with a fixed pool (expected: a runtime; what nobody starts or stops needs nobody to"
                            + " decide)");
        }
        if (mostInside < 1) {
            throw new IllegalArgumentException("mostInside: " + mostInside + " (expected: >= 1)");
        }
        if (mostWaiting < 0) {
            throw new IllegalArgumentException("mostWaiting: " + mostWaiting + " (expected: >= 0)");
        }
        if (callTimeout.compareTo(LEAST_CALL) < 0 || callTimeout.compareTo(MOST_CALL) > 0) {
            throw new IllegalArgumentException("callTimeout: " + callTimeout + " (expected: 100 ms to 1 day)");
        }
    }
}
