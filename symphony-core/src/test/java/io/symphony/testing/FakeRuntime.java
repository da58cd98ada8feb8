package io.symphony.testing;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.RuntimeFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Replicas in memory. Replica {@code acts-7} stands at {@code 127.0.0.1:20007}, unless somebody moved it. It keeps
 * what every runtime promises, and can be told to fail, to hang, and to lose replicas.
 */
public final class FakeRuntime implements ContainerRuntime {

    private final Map<ReplicaId, Sighting> running = new ConcurrentSkipListMap<>();
    private final Map<ReplicaId, String> outputs = new ConcurrentHashMap<>();
    private final Map<Consumer<Death>, String> watches = new ConcurrentHashMap<>();
    private final List<ReplicaId> stopped = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch startsHeld = new CountDownLatch(0);
    private volatile long heldFrom;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile boolean closed;

    public static Endpoint endpointOf(ReplicaId id) {
        return Endpoint.local(20_000 + (int) id.number());
    }

    @Override
    public Endpoint start(ReplicaId id, ServiceSpec spec) throws RuntimeFailure, InterruptedException {
        if (id.number() >= heldFrom) {
            startsHeld.await();
        }
        if (refusal.isPresent()) {
            throw new RuntimeFailure(id + ": " + refusal.get());
        }
        return running.computeIfAbsent(id, fresh -> new Sighting(fresh, endpointOf(fresh), spec.version()))
                .endpoint();
    }

    @Override
    public void stop(ReplicaId id, Duration grace) {
        if (running.remove(id) != null) {
            stopped.add(id);
        }
    }

    @Override
    public List<Sighting> list(String service) {
        return running.values().stream()
                .filter(each -> each.id().service().equals(service))
                .toList();
    }

    @Override
    public Watch watch(String service, Consumer<Death> listener) {
        watches.put(listener, service);
        return () -> watches.remove(listener);
    }

    @Override
    public String lastOutput(ReplicaId id) {
        return outputs.getOrDefault(id, "");
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Those that run, by number. */
    public List<ReplicaId> running() {
        return List.copyOf(running.keySet());
    }

    /** Those that ran and were stopped, in that order. */
    public List<ReplicaId> stopped() {
        return List.copyOf(stopped);
    }

    public boolean isClosed() {
        return closed;
    }

    /** From now on starts wait until {@link #releaseStarts()}. */
    public void holdStarts() {
        holdStartsFrom(1);
    }

    /** As {@link #holdStarts()}, but only those of replicas with this number or a higher one. */
    public void holdStartsFrom(long number) {
        heldFrom = number;
        startsHeld = new CountDownLatch(1);
    }

    public void releaseStarts() {
        startsHeld.countDown();
    }

    /** From now on starts fail. */
    public void refuseStarts(String reason) {
        refusal = Optional.of(reason);
    }

    public void allowStarts() {
        refusal = Optional.empty();
    }

    /** What a replica will have written last. */
    public void writes(ReplicaId id, String output) {
        outputs.put(id, output);
    }

    /** Something that runs although this object did not start it. */
    public void plant(ReplicaId id, String version) {
        running.put(id, new Sighting(id, endpointOf(id), version));
    }

    /** A replica ends by itself, and whoever watches is told. */
    public void die(ReplicaId id, String reason) {
        loseSilently(id);
        watches.forEach((listener, service) -> {
            if (service.equals(id.service())) {
                listener.accept(new Death(id, reason));
            }
        });
    }

    /** A replica ends by itself, and nobody is told. */
    public void loseSilently(ReplicaId id) {
        running.remove(id);
    }
}
