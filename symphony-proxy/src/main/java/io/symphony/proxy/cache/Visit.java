package io.symphony.proxy.cache;

import io.symphony.proxy.cache.CacheStatus.Forward;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request's dealings with the cache, from its first look to the end of its response. It is one thread's at a time.
 *
 * <p>{@link #next()} says what to do. After a wait it is asked again. Who asked a replica tells {@link #answered} or
 * {@link #failed()} what came of it; {@link #end()} ends it in every other case.
 */
public final class Visit {

    private final Cache cache;
    private final CacheRequest request;
    private final CacheControl control;
    private final String key;
    private @Nullable Errand errand;
    private boolean waited;

    Visit(Cache cache, CacheRequest request) {
        this.cache = cache;
        this.request = request;
        control = request.control();
        key = request.key();
    }

    /** What is to be done now. */
    public Step next() {
        if (isBypass()) {
            return ask(new Errand(cache, request, Forward.BYPASS));
        }
        Instant now = cache.now();
        Shelf shelf = cache.find(key);
        Optional<Stored> found = shelf.variant(request.fields());
        if (found.isEmpty()) {
            Forward why = shelf.variants().isEmpty() ? Forward.URI_MISS : Forward.VARY_MISS;
            return beyond(shelf, new Errand(cache, request, why), mayCollapse() && !shelf.passes(now));
        }
        Stored stored = found.get();
        Reuse reuse = Reuse.of(stored, control, now);
        if (reuse != Reuse.NOT_NOW) {
            return serve(shelf, stored, reuse, now);
        }
        boolean stale = stored.freshness().isStale(now);
        Errand about = new Errand(cache, request, stale ? Forward.STALE : Forward.REQUEST).about(stored);
        return beyond(shelf, about, stale && mayCollapse() && stored.livesUnasked());
    }

    private boolean isBypass() {
        return !request.reads() || control.has("no-store") || Conditions.areBeyondUs(request.fields());
    }

    /** Whether what a replica says to this request is likely to answer others, too. */
    private boolean mayCollapse() {
        return request.isGet()
                && !waited
                && !Conditions.areThere(request.fields())
                && !request.fields().has("authorization");
    }

    private Step serve(Shelf shelf, Stored found, Reuse reuse, Instant now) {
        cache.note(reuse != Reuse.FRESH ? CacheResult.STALE : waited ? CacheResult.COLLAPSED : CacheResult.HIT);
        Duration left = found.freshness().left(now);
        String status = waited ? CacheStatus.collapsed() : CacheStatus.hit(left);
        return new Step.Serve(
                Answer.of(found, request, now, status),
                reuse == Reuse.WHILE_REVALIDATED ? refresh(shelf, found) : Optional.empty());
    }

    /** The same question in the background, unless somebody asks it already. */
    private Optional<Visit> refresh(Shelf shelf, Stored found) {
        Flight own = cache.newFlight();
        if (cache.flight(key, own) != own || isOutdated(shelf, own)) {
            return Optional.empty();
        }
        Visit refresh = new Visit(cache, request.refreshing(found.question()));
        refresh.errand = new Errand(cache, refresh.request, Forward.STALE)
                .about(found)
                .leading(own)
                .inTheBackground();
        return Optional.of(refresh);
    }

    /** There is nothing here that may be used. */
    private Step beyond(Shelf shelf, Errand next, boolean together) {
        if (control.has("only-if-cached")) {
            return new Step.Refuse();
        }
        return together ? askOrWait(shelf, next) : ask(next);
    }

    private Step askOrWait(Shelf shelf, Errand next) {
        Flight own = cache.newFlight();
        Flight leader = cache.flight(key, own);
        if (leader == own) {
            return isOutdated(shelf, own) ? next() : ask(next.leading(own));
        }
        if (!leader.hasRoom()) {
            return ask(next);
        }
        waited = true;
        return new Step.Wait(leader.landing(cache.now()));
    }

    /** Whether another flight has landed since we looked: then ours, which has just begun, is to go nowhere. */
    private boolean isOutdated(Shelf shelf, Flight own) {
        if (cache.find(key).equals(shelf)) {
            return false;
        }
        cache.land(key, own);
        return true;
    }

    private Step ask(Errand begun) {
        errand = begun;
        return new Step.Ask(begun.question());
    }

    /** The request that this is for; that of a refresh carries its question. */
    public CacheRequest request() {
        return request;
    }

    /** Fields that take the place of a client's own conditions; none where there is nothing to ask about. */
    public Fields question() {
        return errand().question();
    }

    /** The end of the response that comes cannot be told from a break, so it is not to be kept. */
    public void keepNothing() {
        errand().keepNothing();
    }

    /** A replica has answered. */
    public Turn answered(int status, String reason, Fields head) {
        return errand().answered(status, reason, head);
    }

    /** No replica has answered: what may stand in its place. */
    public Optional<Answer> failed() {
        return errand().failed();
    }

    /** Nothing more comes; what has not been kept will not be. */
    public void end() {
        if (errand != null) {
            errand.end();
        }
    }

    private Errand errand() {
        if (errand == null) {
            throw new IllegalStateException("No replica was to be asked");
        }
        return errand;
    }
}
