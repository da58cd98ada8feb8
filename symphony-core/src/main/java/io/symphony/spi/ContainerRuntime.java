package io.symphony.spi;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can run replicas: child processes, a Docker Engine, a cluster. Every call blocks, is idempotent, and answers an
 * interrupt promptly; the engine calls from threads of its own and sets the deadlines. Identity and state live with the
 * replicas (labels), so that a new object, after a crash, sees what an old one started.
 *
 * <p>An implementation shows itself by passing the contract test in core's test artifact:
 *
 * <pre>{@code
 * class MyRuntimeTest extends ContainerRuntimeContract { ... }
 * }</pre>
 */
public interface ContainerRuntime extends AutoCloseable {

    /**
     * Starts a replica and returns its address once it runs; whether it is well, the health checks find out. Starting
     * one that runs already returns its address.
     *
     * @throws RuntimeFailure when it cannot be started; nothing of it is left then
     */
    Endpoint start(ReplicaId id, ServiceSpec spec) throws RuntimeFailure, InterruptedException;

    /**
     * Ends a replica and removes what is left of it: asks first, insists after the grace. One that is not there is no
     * error.
     */
    void stop(ReplicaId id, Duration grace) throws RuntimeFailure, InterruptedException;

    /** All running replicas of a service that bear our mark, whoever started them. */
    List<Sighting> list(String service) throws RuntimeFailure, InterruptedException;

    /**
     * Tells of replicas that end by themselves. A hint that makes us quick: it may come twice or be lost, because the
     * engine lists again from time to time anyway. The listener does not block.
     */
    Watch watch(String service, Consumer<Death> listener) throws RuntimeFailure;

    /** The last lines that a replica wrote, for a report; empty where there are none. */
    String lastOutput(ReplicaId id);

    /** Frees what this object holds. The replicas run on. */
    @Override
    void close();

    /** One replica as it was found running. */
    record Sighting(ReplicaId id, Endpoint endpoint, String version) {}

    /** The end of a replica that nobody ordered, in words: exit code and last lines of output among them. */
    record Death(ReplicaId id, String reason) {}

    /** A running watch; closing it ends the reports. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
