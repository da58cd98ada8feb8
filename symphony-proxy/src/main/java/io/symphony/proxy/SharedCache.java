package io.symphony.proxy;

import io.symphony.Orchestrator;
import io.symphony.proxy.cache.CacheRequest;
import io.symphony.proxy.cache.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The cache that all loops of a listener share. What is to be refreshed in it goes through forwarders of its own: a
 * loop's way to a replica has a client at its other end.
 */
final class SharedCache {

    private final ResponseCache cache;
    private final Function<Orchestrator, Forwarder> starting;
    private Map<Orchestrator, Forwarder> forwarders = Map.of();

    SharedCache(ResponseCache cache, Function<Orchestrator, Forwarder> starting) {
        this.cache = cache;
        this.starting = starting;
    }

    /** Gets ready for these services, before there is a loop. */
    void begin(List<Orchestrator> services) {
        forwarders = services.stream().collect(Collectors.toMap(Function.identity(), starting));
    }

    Visit visit(CacheRequest request) {
        return cache.visit(request);
    }

    CacheTraffic traffic() {
        return cache.traffic();
    }

    /** Asks a replica, in the background, whether what a client has just got still holds. */
    void refresh(Orchestrator service, Visit due, Peer peer) {
        Forwarder forwarder = forwarders.get(service);
        if (forwarder == null) {
            throw new IllegalStateException("A service without a forwarder");
        }
        CacheRequest request = due.request();
        List<Field> fields = new ArrayList<>(CacheHeads.fields(request.fields()));
        fields.add(new Field("Host", request.host()));
        CachedForwarding.refresh(
                forwarder,
                ForwardRequest.get(request.target()).withFields(fields).from(peer.origin()),
                due);
    }

    void close() {
        forwarders.values().forEach(Forwarder::close);
    }
}
