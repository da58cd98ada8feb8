package io.symphony.testing;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.HealthProbe;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Says of each endpoint what it was told to say, and of all others that they are well, or what else they all are. */
public final class FakeProbe implements HealthProbe {

    private final Map<Endpoint, ProbeResult> findings = new ConcurrentHashMap<>();
    private volatile ProbeResult others = ProbeResult.well();

    public void finds(Endpoint endpoint, ProbeResult result) {
        findings.put(endpoint, result);
    }

    public void findsAll(ProbeResult result) {
        findings.clear();
        others = result;
    }

    @Override
    public CompletionStage<ProbeResult> probe(Endpoint endpoint, Duration timeout) {
        return CompletableFuture.completedStage(findings.getOrDefault(endpoint, others));
    }
}
