package io.symphony.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a kept response is good for, for one request at one moment (RFC 9111, 4.2; RFC 5861). */
enum Reuse {
    /** It answers the request. */
    FRESH,
    /** It is stale, and answers a client that said it would take it so. */
    STALE,
    /** It is stale, and answers while somebody asks whether it still holds. */
    WHILE_REVALIDATED,
    /** It answers nothing before a replica has said that it still holds. */
    NOT_NOW;

    static Reuse of(Stored stored, CacheControl request, Instant now) {
        Duration left = stored.freshness().left(now);
        if (request.has("no-cache") || stored.control().has("no-cache") || isTooOld(stored, request, now)) {
            return NOT_NOW;
        }
        if (left.compareTo(request.time("min-fresh").orElse(Duration.ZERO)) >= 0
                && !stored.freshness().isStale(now)) {
            return FRESH;
        }
        if (request.has("min-fresh") || isStrict(stored.control())) {
            return NOT_NOW;
        }
        Duration staleness = left.negated();
        if (request.isUnlimited("max-stale") || covers(request.time("max-stale"), staleness)) {
            return STALE;
        }
        boolean whileRevalidated = covers(stored.control().time("stale-while-revalidate"), staleness);
        return whileRevalidated && !request.has("max-age") ? WHILE_REVALIDATED : NOT_NOW;
    }

    /** Whether it may answer in place of a replica that cannot. */
    static boolean standsIn(Stored stored, CacheControl request, Instant now) {
        Duration staleness = stored.freshness().left(now).negated();
        return !stored.control().has("no-cache")
                && !isStrict(stored.control())
                && !request.has("no-cache")
                && (covers(stored.control().time("stale-if-error"), staleness)
                        || covers(request.time("stale-if-error"), staleness));
    }

    private static boolean isTooOld(Stored stored, CacheControl request, Instant now) {
        Duration age = stored.freshness().age(now);
        boolean mayBeStale = request.has("max-stale");
        return request.time("max-age")
                .filter(most -> age.compareTo(most) > 0 && !mayBeStale)
                .isPresent();
    }

    /** Whether its author forbids to use it stale. */
    private static boolean isStrict(CacheControl stored) {
        return stored.has("must-revalidate") || stored.has("proxy-revalidate") || stored.has("s-maxage");
    }

    private static boolean covers(Optional<Duration> allowance, Duration staleness) {
        return allowance.filter(most -> staleness.compareTo(most) <= 0).isPresent();
    }
}
