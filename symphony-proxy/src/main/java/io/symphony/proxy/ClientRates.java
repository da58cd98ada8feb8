package io.symphony.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bucket of tokens for each client. Of a bucket only the time is kept at which it will be full again: what is missing
 * until then is what it lacks. So a client that has rested until its bucket is full may be forgotten.
 */
final class ClientRates {

    private final ClientKeys keys;
    private final long spacingNanos;
    private final long depthNanos;
    private final Cache<Long, AtomicLong> fullAt;

    ClientRates(RateLimit limit, HeaderPolicy.Claims claims, Ticker ticker) {
        keys = new ClientKeys(limit.header(), claims);
        spacingNanos = limit.spacingNanos();
        depthNanos = spacingNanos * limit.burst();
        fullAt = Caffeine.newBuilder()
                .maximumSize(limit.mostClients())
                .expireAfterAccess(Duration.ofNanos(depthNanos))
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** Takes a token of this client's: 0, or the time until there is one. */
    long take(RequestHead head, Peer client, long now) {
        return take(fullAt.get(keys.of(head, client), fresh -> new AtomicLong(now)), now);
    }

    private long take(AtomicLong bucket, long now) {
        while (true) {
            long full = bucket.get();
            long lacking = Math.max(0, full - now) + spacingNanos;
            if (lacking > depthNanos) {
                return lacking - depthNanos;
            }
            if (bucket.compareAndSet(full, now + lacking)) {
                return 0;
            }
        }
    }
}
