package io.symphony.proxy.cache;

import io.symphony.proxy.cache.CacheStatus.Forward;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request's way to a replica, and what the cache makes of the answer. */
final class Errand {

    /** They belong to one connection, or to trailers, which are not kept. */
    private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "transfer-encoding", "trailer");

    /** Answers in whose place a stale response may stand (RFC 5861, 4). */
    private static final Set<Integer> OUTAGES = Set.of(500, 502, 503, 504);

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int ERRORS_BEGIN = 400;
    private static final int OUTAGES_BEGIN = 500;

    private final Cache cache;
    private final CacheRequest request;
    private final CacheControl control;
    private final String key;
    private final Forward why;
    private final Instant asked;
    private final int epoch;
    private @Nullable Stored stored;
    private @Nullable Flight flight;
    private @Nullable Recording recording;
    private boolean keepable = true;
    private boolean background;

    Errand(Cache cache, CacheRequest request, Forward why) {
        this.cache = cache;
        this.request = request;
        this.why = why;
        control = request.control();
        key = request.key();
        asked = cache.now();
        epoch = cache.epoch(key);
    }

    /** Asks whether this one still holds. */
    Errand about(Stored known) {
        stored = known;
        return this;
    }

    /** Others wait for it. */
    Errand leading(Flight own) {
        flight = own;
        return this;
    }

    /** There is no client to be counted. */
    Errand inTheBackground() {
        background = true;
        return this;
    }

    Fields question() {
        return stored == null ? Fields.NONE : stored.question();
    }

    void keepNothing() {
        keepable = false;
    }

    Turn answered(int status, String reason, Fields head) {
        Fields response = head.without(OF_THE_CONNECTION);
        if (!request.reads()) {
            invalidate(status, response);
            return new Turn.Relay(Optional.empty(), Optional.empty());
        }
        if (why == Forward.BYPASS) {
            return relay(CacheResult.BYPASS);
        }
        Instant now = cache.now();
        Stored known = stored;
        if (known != null && status == NOT_MODIFIED && !known.question().isEmpty()) {
            return serve(freshened(known, response, now), CacheResult.REVALIDATED, CacheStatus.revalidated(why));
        }
        if (known != null && OUTAGES.contains(status) && Reuse.standsIn(known, control, now)) {
            return serve(known, CacheResult.STALE, standingIn(known, now, status));
        }
        return keepOrPassOn(status, reason, response, now);
    }

    /** What a request that may have changed something makes doubtful (RFC 9111, 4.4). */
    private void invalidate(int status, Fields response) {
        if (!request.isSafe() && status >= OK && status < ERRORS_BEGIN) {
            cache.invalidate(key);
            response.first("location").flatMap(request::keyOf).ifPresent(cache::invalidate);
            response.first("content-location").flatMap(request::keyOf).ifPresent(cache::invalidate);
        }
    }

    private Stored freshened(Stored known, Fields notModified, Instant now) {
        Stored fresh = known.freshened(notModified, asked, now);
        boolean keeps = fresh.hasTagOf(known)
                && !fresh.control().has("no-store")
                && !fresh.control().has("private");
        cache.change(key, epoch, shelf -> keeps ? shelf.without(known).with(fresh) : shelf.without(known));
        return keeps ? fresh : known;
    }

    private static String standingIn(Stored known, Instant now, int status) {
        return CacheStatus.standingIn(known.freshness().left(now), status);
    }

    private Turn serve(Stored known, CacheResult result, String status) {
        end();
        note(result);
        return new Turn.Serve(Answer.of(known, request, cache.now(), status));
    }

    private Turn keepOrPassOn(int status, String reason, Fields response, Instant now) {
        Freshness freshness = Freshness.of(status, response, asked, now);
        Optional<Selection> selection = Selection.of(response, request.fields());
        boolean allowed = keepable && !isTooLarge(response) && Storing.allows(request, status, response, freshness);
        if (!allowed || selection.isEmpty()) {
            passOn(status, response, now);
            return relay(CacheResult.MISS);
        }
        if (freshness.isStale(now) || CacheControl.of(response).has("no-cache")) {
            land(); // those who wait would have to ask all the same
        }
        note(CacheResult.MISS);
        return new Turn.Relay(
                Optional.of(CacheStatus.stored(why)),
                Optional.of(record(body -> new Stored(status, reason, response, body, selection.get(), freshness))));
    }

    private boolean isTooLarge(Fields response) {
        return response.first("content-length")
                .map(CacheControl::seconds)
                .filter(length -> length.toSeconds() > cache.room().mostOfOne())
                .isPresent();
    }

    /** What is not kept takes the place of what was; and nobody needs to wait for the next one like it. */
    private void passOn(int status, Fields response, Instant now) {
        if (status == NOT_MODIFIED || status >= OUTAGES_BEGIN) {
            return;
        }
        Stored known = stored;
        if (known != null && (request.isGet() || known.isContradictedBy(response))) {
            cache.change(key, epoch, shelf -> shelf.without(known));
        }
        if (flight != null) {
            cache.change(key, epoch, shelf -> shelf.passing(now));
        }
    }

    private Turn relay(CacheResult result) {
        end();
        note(result);
        return new Turn.Relay(Optional.of(CacheStatus.forwarded(why)), Optional.empty());
    }

    private Recording record(Function<byte[], Stored> whole) {
        Recording begun = new Recording(cache.room(), new Recording.Fate() {
            @Override
            public void whole(byte[] body) {
                cache.change(key, epoch, shelf -> shelf.with(whole.apply(body)));
            }

            @Override
            public void tooLarge() {
                cache.change(key, epoch, shelf -> shelf.passing(cache.now()));
            }

            @Override
            public void ended() {
                land();
            }
        });
        recording = begun;
        return begun;
    }

    Optional<Answer> failed() {
        Stored known = stored;
        Instant now = cache.now();
        end();
        if (known == null || !Reuse.standsIn(known, control, now)) {
            return Optional.empty();
        }
        note(CacheResult.STALE);
        return Optional.of(Answer.of(known, request, now, standingIn(known, now, 0)));
    }

    void end() {
        Recording unfinished = recording;
        recording = null;
        if (unfinished != null) {
            unfinished.giveUp();
        }
        land();
    }

    private void land() {
        Flight landing = flight;
        flight = null;
        if (landing != null) {
            cache.land(key, landing);
        }
    }

    private void note(CacheResult result) {
        if (!background) {
            cache.note(result);
        }
    }
}
