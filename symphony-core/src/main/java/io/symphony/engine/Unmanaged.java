package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The runtime of a fixed pool, which somebody else runs: there is nothing to start, and nothing that it would tell. */
public final class Unmanaged implements ContainerRuntime {

    public static final ContainerRuntime RUNTIME = new Unmanaged();

    private Unmanaged() {}

    @Override
    public Endpoint start(ReplicaId id, ServiceSpec spec) {
        throw new AssertionError("a fixed pool starts nothing: " + id);
    }

    @Override
    public void stop(ReplicaId id, Duration grace) {
        throw new AssertionError("a fixed pool stops nothing: " + id);
    }

    @Override
    public List<Sighting> list(String service) {
        throw new AssertionError("a fixed pool is not listed: " + service);
    }

    @Override
    public Watch watch(String service, Consumer<Death> listener) {
        return () -> {};
    }

    @Override
    public String lastOutput(ReplicaId id) {
        return "";
    }

    @Override
    public void close() {}
}
