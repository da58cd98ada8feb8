package io.symphony.spi;

import io.symphony.fleet.Endpoint;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks one replica how it is. It never blocks the caller and always completes, within the timeout and normally: what
 * went wrong is a result, not an exception.
 *
 * <pre>{@code
 * HealthProbe always = (endpoint, timeout) -> CompletableFuture.completedStage(ProbeResult.well());
 * }</pre>
 */
@FunctionalInterface
public interface HealthProbe {

    CompletionStage<ProbeResult> probe(Endpoint endpoint, Duration timeout);

    /** Well is what accepts a connection. */
    static HealthProbe connecting() {
        return ConnectProbe.PROBE;
    }

    /** Everything is well; for a pool that somebody else watches. */
    static HealthProbe none() {
        return (endpoint, timeout) -> CompletableFuture.completedStage(ProbeResult.well());
    }
}
