package io.symphony.examples.embedding;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.RuntimeFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** A runtime that starts no two replicas at once, for services whose start takes all that the machine has. */
final class OneAtATime implements ContainerRuntime {

    private final ContainerRuntime runtime;
    private final Semaphore door = new Semaphore(1, true);

    OneAtATime(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Endpoint start(ReplicaId id, ServiceSpec spec) throws RuntimeFailure, InterruptedException {
        door.acquire();
        try {
            return runtime.start(id, spec);
        } finally {
            door.release();
        }
    }

    @Override
    public void stop(ReplicaId id, Duration grace) throws RuntimeFailure, InterruptedException {
        runtime.stop(id, grace);
    }

    @Override
    public List<Sighting> list(String service) throws RuntimeFailure, InterruptedException {
        return runtime.list(service);
    }

    @Override
    public Watch watch(String service, Consumer<Death> listener) throws RuntimeFailure {
        return runtime.watch(service, listener);
    }

    @Override
    public String lastOutput(ReplicaId id) {
        return runtime.lastOutput(id);
    }

    @Override
    public void close() {
        runtime.close();
    }
}
