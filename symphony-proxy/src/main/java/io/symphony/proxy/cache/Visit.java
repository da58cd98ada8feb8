package io.symphony.proxy.cache;

import io.symphony.proxy.cache.CacheStatus.Forward;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request's dealings with the cache, from its first look to the end of its response. It is one thread's at a time.
 *
 * <p>{@link #next()} says what to do. After a wait it is asked again. Who asked a replica tells {@link #answered} or
 * {@link #failed()} what came of it; {@link #end()} ends it in every other case.
 */
public final class Visit {

    /** They belong to one connection, or to trailers, which are not kept. */
    private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "transfer-encoding", "trailer");

    private static final int OK = 200;
    private static final int ERRORS_BEGIN = 400;
    private static final int NOT_MODIFIED = 304;
    private static final int OUTAGES_BEGIN = 500;
    /** Answers in whose place a stale response may stand (RFC 5861, 4). */
    private static final Set<Integer> OUTAGES = Set.of(500, 502, 503, 504);

    private final Cache cache;
    private final CacheRequest request;
    private final CacheControl control;
    private final String key;
    private Forward why = Forward.BYPASS;
    private Instant asked = Instant.EPOCH;
    private int epoch;
    private @Nullable Stored stored;
    private @Nullable Flight flight;
    private @Nullable Recording recording;
    private boolean waited;
    private boolean keepable = true;
    private boolean background;

    Visit(Cache cache, CacheRequest request) {
        this.cache = cache;
        this.request = request;
        control = request.control();
        key = request.key();
    }

    /** What is to be done now. */
    public Step next() {
        if (isBypass()) {
            return ask();
        }
        Instant now = cache.now();
        Shelf shelf = cache.find(key);
        stored = shelf.variant(request.fields()).orElse(null);
        if (stored == null) {
            why = shelf.variants().isEmpty() ? Forward.URI_MISS : Forward.VARY_MISS;
            return beyond(mayCollapse() && !shelf.passes(now));
        }
        Reuse reuse = Reuse.of(stored, control, now);
        if (reuse != Reuse.NOT_NOW) {
            return serve(stored, reuse, now);
        }
        boolean stale = stored.freshness().left(now).compareTo(Duration.ZERO) <= 0;
        why = stale ? Forward.STALE : Forward.REQUEST;
        return beyond(stale && mayCollapse() && livesWithoutAsking(stored));
    }

    private boolean isBypass() {
        boolean reads = request.isGet() || request.isHead();
        return !reads || control.has("no-store") || Conditions.areBeyondUs(request.fields());
    }

    /** Whether what a replica says to this request is likely to answer others, too. */
    private boolean mayCollapse() {
        return request.isGet()
                && !waited
                && !Conditions.areThere(request.fields())
                && !request.fields().has("authorization");
    }

    private static boolean livesWithoutAsking(Stored stored) {
        return !stored.control().has("no-cache")
                && stored.freshness().lifetime().compareTo(Duration.ZERO) > 0;
    }

    private Step serve(Stored found, Reuse reuse, Instant now) {
        note(reuse != Reuse.FRESH ? CacheResult.STALE : waited ? CacheResult.COLLAPSED : CacheResult.HIT);
        Duration left = found.freshness().left(now);
        String status = waited ? CacheStatus.collapsed(why) : CacheStatus.hit(left);
        return new Step.Serve(
                answer(found, now, status), reuse == Reuse.WHILE_REVALIDATED ? refresh(found) : Optional.empty());
    }

    private Answer answer(Stored found, Instant now, String status) {
        return Answer.of(found, request, found.freshness().age(now), status);
    }

    /** The same question in the background, unless somebody asks it already. */
    private Optional<Visit> refresh(Stored found) {
        Flight own = cache.newFlight();
        if (cache.flight(key, own) != own) {
            return Optional.empty();
        }
        Visit refresh = new Visit(cache, request.refreshing(found.question()));
        refresh.stored = found;
        refresh.flight = own;
        refresh.why = Forward.STALE;
        refresh.background = true;
        refresh.ask();
        return Optional.of(refresh);
    }

    /** There is nothing here that may be used. */
    private Step beyond(boolean together) {
        if (control.has("only-if-cached")) {
            return new Step.Refuse();
        }
        if (!together) {
            return ask();
        }
        Flight own = cache.newFlight();
        Flight leader = cache.flight(key, own);
        if (leader == own) {
            flight = own;
            return ask();
        }
        if (!leader.hasRoom()) {
            return ask();
        }
        waited = true;
        return new Step.Wait(leader.landing(cache.now()));
    }

    private Step ask() {
        asked = cache.now();
        epoch = cache.epoch(key);
        return new Step.Ask(question());
    }

    private void note(CacheResult result) {
        if (!background) {
            cache.note(result);
        }
    }

    /** The request that this is for; that of a refresh carries its question. */
    public CacheRequest request() {
        return request;
    }

    /** Fields that take the place of a client's own conditions; none where there is nothing to ask about. */
    public Fields question() {
        return stored == null ? Fields.NONE : stored.question();
    }

    /** The end of the response that comes cannot be told from a break, so it is not to be kept. */
    public void keepNothing() {
        keepable = false;
    }

    /** A replica has answered. */
    public Turn answered(int status, String reason, Fields head) {
        Instant now = cache.now();
        Fields response = head.without(OF_THE_CONNECTION);
        if (!request.isSafe()) {
            invalidate(status, response);
            return new Turn.Relay(Optional.empty(), Optional.empty());
        }
        if (isBypass()) {
            return relay(CacheResult.BYPASS, CacheStatus.forwarded(why));
        }
        Stored known = stored;
        if (known != null && status == NOT_MODIFIED && !known.question().isEmpty()) {
            return serve(freshened(known, response, now), CacheResult.REVALIDATED, CacheStatus.revalidated(why));
        }
        if (known != null && OUTAGES.contains(status) && Reuse.standsIn(known, control, now)) {
            return serve(known, CacheResult.STALE, standingIn(known, now, status));
        }
        return record(status, reason, response, now);
    }

    private Stored freshened(Stored known, Fields notModified, Instant now) {
        Stored fresh = known.freshened(notModified, asked, now);
        boolean same = known.etag().map(Conditions::opaque).equals(fresh.etag().map(Conditions::opaque));
        boolean keeps =
                same && !fresh.control().has("no-store") && !fresh.control().has("private");
        cache.change(key, epoch, shelf -> keeps ? shelf.without(known).with(fresh) : shelf.without(known));
        return keeps ? fresh : known;
    }

    private static String standingIn(Stored known, Instant now, int status) {
        return CacheStatus.standingIn(known.freshness().left(now), status);
    }

    private Turn serve(Stored known, CacheResult result, String status) {
        end();
        note(result);
        return new Turn.Serve(answer(known, cache.now(), status));
    }

    private Turn record(int status, String reason, Fields response, Instant now) {
        Freshness freshness = Freshness.of(status, response, asked, now);
        Optional<Selection> selection = Selection.of(response, request.fields());
        boolean allowed = keepable && !isTooLarge(response) && Storing.allows(request, status, response, freshness);
        if (!allowed || selection.isEmpty()) {
            passOn(status, response, now);
            return relay(CacheResult.MISS, CacheStatus.forwarded(why));
        }
        Recording begun = new Recording(
                cache.room(),
                body -> keep(new Stored(status, reason, response, body, selection.get(), freshness)),
                this::land);
        recording = begun;
        if (freshness.left(now).compareTo(Duration.ZERO) <= 0
                || CacheControl.of(response).has("no-cache")) {
            land(); // those who wait would have to ask all the same
        }
        note(CacheResult.MISS);
        return new Turn.Relay(Optional.of(CacheStatus.stored(why)), Optional.of(begun));
    }

    private boolean isTooLarge(Fields response) {
        return response.first("content-length")
                .map(CacheControl::seconds)
                .filter(length -> length.toSeconds() > cache.room().mostOfOne())
                .isPresent();
    }

    private void keep(Stored whole) {
        cache.change(key, epoch, shelf -> shelf.with(whole));
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

    private Turn relay(CacheResult result, String status) {
        end();
        note(result);
        return new Turn.Relay(Optional.of(status), Optional.empty());
    }

    /** What a request that may have changed something makes doubtful (RFC 9111, 4.4). */
    private void invalidate(int status, Fields response) {
        if (status >= OK && status < ERRORS_BEGIN) {
            cache.invalidate(key);
            response.first("location").flatMap(request::keyOf).ifPresent(cache::invalidate);
            response.first("content-location").flatMap(request::keyOf).ifPresent(cache::invalidate);
        }
    }

    /** No replica has answered: what may stand in its place. */
    public Optional<Answer> failed() {
        Stored known = stored;
        Instant now = cache.now();
        end();
        if (known == null || isBypass() || !Reuse.standsIn(known, control, now)) {
            return Optional.empty();
        }
        note(CacheResult.STALE);
        return Optional.of(answer(known, now, standingIn(known, now, 0)));
    }

    /** Nothing more comes; what has not been kept will not be. */
    public void end() {
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
}
