package io.symphony.proxy;

import io.symphony.proxy.cache.Cache;
import io.symphony.proxy.cache.CacheRequest;
import io.symphony.proxy.cache.CacheResult;
import io.symphony.proxy.cache.Visit;
import java.time.Duration;

/**
 * A shared cache for responses to GET, by the rules of RFC 9111: what a service says of its responses in {@code
 * Cache-Control}, {@code Expires}, {@code Vary} and validators decides what is kept, for whom and for how long. It needs
 * Caffeine. One may serve several listeners and forwarders.
 *
 * <pre>{@code
 * ResponseCache cache = ResponseCache.ofBytes(64_000_000);
 * Listener.forwarding(orchestrator).cache(cache).start();
 * }</pre>
 */
public final class ResponseCache {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Cache cache;

    private ResponseCache(Cache cache) {
        this.cache = cache;
    }

    /** An empty one that keeps about as many bytes at the most; a single response may take an eighth of them. */
    public static ResponseCache ofBytes(long bytes) {
        return ofBytes(bytes, PATIENCE);
    }

    /** The same; those who miss what another request has gone for wait for it until it has been out for so long. */
    public static ResponseCache ofBytes(long bytes, Duration patience) {
        OptionalCaffeine.require("cache");
        return new ResponseCache(new Cache(bytes, patience));
    }

    /** What it has done since it was made. */
    public CacheTraffic traffic() {
        return new CacheTraffic(
                cache.count(CacheResult.HIT),
                cache.count(CacheResult.STALE),
                cache.count(CacheResult.REVALIDATED),
                cache.count(CacheResult.COLLAPSED),
                cache.count(CacheResult.MISS),
                cache.count(CacheResult.BYPASS),
                cache.evictions(),
                cache.resources(),
                cache.bytes());
    }

    /** Forgets all responses, as after a release that changes what they look like. */
    public void clear() {
        cache.clear();
    }

    Visit visit(CacheRequest request) {
        return cache.visit(request);
    }
}
