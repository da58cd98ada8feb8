package io.symphony.proxy.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How old a response was when it came, and how long it may live (RFC 9111, 4.2).
 *
 * @param received when its head was there
 * @param initialAge its age at that moment
 * @param lifetime the age at which it becomes stale
 */
record Freshness(Instant received, Duration initialAge, Duration lifetime) {

    /** Statuses that may live without anybody having said how long (RFC 9110, 15.1). */
    private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501);

    /** What has not changed for ten days will hardly change within the next one. */
    private static final int TENTH = 10;

    private static final Duration LONGEST_GUESS = Duration.ofHours(1);

    static Freshness of(int status, Fields response, Instant asked, Instant received) {
        CacheControl control = CacheControl.of(response);
        Instant date = date(response, "date", received).orElse(received);
        Duration apparent = later(Duration.between(date, received), Duration.ZERO);
        Duration corrected = statedAge(response).plus(Duration.between(asked, received));
        Duration lifetime = explicit(control, response, date, received)
                .or(() -> guess(status, control, response, date, received))
                .orElse(Duration.ZERO);
        return new Freshness(received, later(apparent, corrected), lifetime);
    }

    /** Whether somebody has said how long. */
    static boolean isExplicit(CacheControl control, Fields response) {
        return control.has("s-maxage") || control.has("max-age") || response.has("expires");
    }

    /** Whether a response of this status may live without that. */
    static boolean isGuessable(int status, CacheControl control) {
        return HEURISTIC.contains(status) || control.has("public");
    }

    Duration age(Instant now) {
        return initialAge.plus(later(Duration.between(received, now), Duration.ZERO));
    }

    /** How long it still lives; negative where it has been stale for some time. */
    Duration left(Instant now) {
        return lifetime.minus(age(now));
    }

    boolean isStale(Instant now) {
        return left(now).compareTo(Duration.ZERO) <= 0;
    }

    private static Optional<Duration> explicit(CacheControl control, Fields response, Instant date, Instant received) {
        return control.time("s-maxage")
                .or(() -> control.time("max-age"))
                .or(() -> response.first("expires")
                        .map(text -> HttpDate.of(text, received)
                                .map(expires -> Duration.between(date, expires))
                                .orElse(Duration.ZERO)));
    }

    private static Optional<Duration> guess(
            int status, CacheControl control, Fields response, Instant date, Instant received) {
        // An answer to somebody who is known lives only as long as its author says.
        if (!isGuessable(status, control) || response.has("set-cookie")) {
            return Optional.empty();
        }
        return date(response, "last-modified", received)
                .map(modified -> Duration.between(modified, date).dividedBy(TENTH))
                .map(tenth -> tenth.compareTo(LONGEST_GUESS) > 0 ? LONGEST_GUESS : tenth);
    }

    /** The first member of Age; what is no number is no age. */
    private static Duration statedAge(Fields response) {
        List<String> ages = ListMembers.of(response.joined("age"));
        return ages.isEmpty() ? Duration.ZERO : CacheControl.seconds(ages.get(0));
    }

    private static Optional<Instant> date(Fields response, String name, Instant now) {
        return response.first(name).flatMap(text -> HttpDate.of(text, now));
    }

    private static Duration later(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
