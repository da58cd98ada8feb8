package io.symphony.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that is kept of one resource: its variants, or that its responses are not worth waiting for.
 *
 * @param variants the newest first
 * @param passesUntil until when requests do not wait for each other here
 */
record Shelf(List<Stored> variants, Instant passesUntil) {

    static final Shelf EMPTY = new Shelf(List.of(), Instant.MIN);

    /** A resource with more variants than this loses the one that is the longest here. */
    private static final int MOST_VARIANTS = 32;

    private static final Duration PASSES_FOR = Duration.ofMinutes(1);

    private static final int OVERHEAD_BYTES = 128;

    Shelf {
        variants = List.copyOf(variants);
    }

    /** A response that came could not be kept, and the next one hardly can. */
    Shelf passing(Instant now) {
        return variants.isEmpty() ? new Shelf(variants, now.plus(PASSES_FOR)) : this;
    }

    boolean passes(Instant now) {
        return now.isBefore(passesUntil);
    }

    /** The response that such a request is for. */
    Optional<Stored> variant(Fields request) {
        return variants.stream()
                .filter(stored -> stored.isFor(request))
                .max(Comparator.comparing(stored -> stored.freshness().received()));
    }

    Shelf with(Stored stored) {
        List<Stored> next = new ArrayList<>(List.of(stored));
        variants.stream()
                .filter(other -> !stored.standsInPlaceOf(other))
                .limit(MOST_VARIANTS - 1L)
                .forEach(next::add);
        return new Shelf(next, Instant.MIN);
    }

    Shelf without(Stored stored) {
        return new Shelf(variants.stream().filter(other -> other != stored).toList(), passesUntil);
    }

    int weightBytes() {
        return OVERHEAD_BYTES + variants.stream().mapToInt(Stored::weightBytes).sum();
    }
}
