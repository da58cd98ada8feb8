package io.symphony.proxy.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** The shelves by their keys, in a Caffeine cache that is bounded by their weight. */
final class Shelves {

    private final Cache<String, Shelf> shelves;
    private final LongAdder evictions = new LongAdder();

    Shelves(long mostBytes) {
        shelves = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String key, Shelf shelf) -> key.length() + shelf.weightBytes())
                .evictionListener((key, shelf, cause) -> evictions.increment())
                .build();
    }

    Shelf find(String key) {
        Shelf shelf = shelves.getIfPresent(key);
        return shelf == null ? Shelf.EMPTY : shelf;
    }

    void change(String key, UnaryOperator<Shelf> change) {
        shelves.asMap().compute(key, (same, shelf) -> {
            Shelf next = change.apply(shelf == null ? Shelf.EMPTY : shelf);
            return next.equals(Shelf.EMPTY) ? null : next;
        });
    }

    void remove(String key) {
        shelves.invalidate(key);
    }

    void clear() {
        shelves.invalidateAll();
    }

    long evictions() {
        return evictions.sum();
    }

    long bytes() {
        shelves.cleanUp(); // Caffeine counts a little later than it keeps
        return shelves.policy()
                .eviction()
                .map(bound -> bound.weightedSize().orElse(0))
                .orElse(0L);
    }

    long resources() {
        shelves.cleanUp();
        return shelves.estimatedSize();
    }
}
