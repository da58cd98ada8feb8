package io.symphony.engine;

import io.symphony.spi.Mandate;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Who leads, as one orchestrator can tell from the shared record and from its own monotonic clock alone. Immutable and pure;
 * no clock is ever compared with another one.
 *
 * <p>Who leads writes once a second, and holds that it leads for two seconds from before it read what it then replaced. Who
 * follows waits for three seconds in which it saw no write. As long as no clock runs half as fast again as another one,
 * the former has stopped before the latter begins.
 *
 * @param self our own name
 * @param known the record as it was last seen; null where there is none
 * @param changedNanos when it was first seen like that
 * @param claim what we have last tried to write; null where it has been seen since, or nothing was tried
 * @param claimNanos when the try began
 * @param provenNanos when the last try began that has landed, while the record is ours
 */
record Tenure(
        String self,
        @Nullable Mandate known,
        long changedNanos,
        @Nullable Mandate claim,
        long claimNanos,
        OptionalLong provenNanos) {

    static final Duration RENEWAL = Duration.ofSeconds(1);
    static final Duration LAPSE = Duration.ofSeconds(2);
    static final Duration SILENCE = Duration.ofSeconds(3);

    static Tenure of(String self, long now) {
        return new Tenure(self, null, now, null, now, OptionalLong.empty());
    }

    boolean leads(long now) {
        return provenNanos.isPresent() && now - provenNanos.getAsLong() < LAPSE.toNanos();
    }

    /** Until when we lead if no further write lands; empty while we follow. */
    OptionalLong untilNanos() {
        return provenNanos.isPresent()
                ? OptionalLong.of(provenNanos.getAsLong() + LAPSE.toNanos())
                : OptionalLong.empty();
    }

    /** A look at the record. A write whose answer got lost shows in it. */
    Tenure saw(Optional<Mandate> found, long now) {
        Mandate seen = found.orElse(null);
        long since = Objects.equals(seen, known) ? changedNanos : now;
        if (seen == null || !seen.leader().equals(Optional.of(self))) {
            return new Tenure(self, seen, since, claim, claimNanos, OptionalLong.empty());
        }
        return seen.equals(claim)
                ? new Tenure(self, seen, since, null, claimNanos, OptionalLong.of(claimNanos))
                : new Tenure(self, seen, since, claim, claimNanos, provenNanos);
    }

    /** What to write in place of what was last seen; empty where that is somebody else's turn. */
    Optional<Mandate> next(Resolution ours, long now) {
        if (known == null) {
            return Optional.of(Mandate.first(self, ours.decree()));
        }
        if (leads(now)) {
            return Optional.of(known.renewed(ours.term() == known.term() ? ours.decree() : known.decree()));
        }
        boolean vacant = known.leader().isEmpty() || known.leader().get().equals(self);
        return vacant || now - changedNanos >= SILENCE.toNanos()
                ? Optional.of(known.succeededBy(self))
                : Optional.empty();
    }

    /** We are about to write it, in a try that began with reading what it replaces. */
    Tenure claims(Mandate next, long beganNanos) {
        return new Tenure(self, known, changedNanos, next, beganNanos, provenNanos);
    }

    /** How long to wait until the next look. */
    Duration pause(long now) {
        long left = changedNanos + SILENCE.toNanos() - now;
        return provenNanos.isPresent() || left <= 0 ? RENEWAL : Duration.ofNanos(Math.min(left, RENEWAL.toNanos()));
    }
}
