package io.symphony.proxy;

import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import io.symphony.proxy.cache.CacheRequest;
import io.symphony.routing.ShedReason;
import io.symphony.spi.Event;
import io.symphony.spi.EventListener;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests to the replicas of one orchestrator, for servers and programs that get them in their own way. What a
 * {@link Listener} does to heads, when it sends again, how long it waits and how it counts, this does, too.
 *
 * <pre>{@code
 * try (Forwarder forwarder = Forwarder.to(orchestrator).start()) {
 *     forwarder.execute(ForwardRequest.get("/acts/7"))
 *             .thenCompose(response -> response.body(BodySubscribers.ofString(UTF_8)))
 *             .thenAccept(System.out::println);
 * }
 * }</pre>
 *
 * <p>The way of a request: {@code ForwardHead}, {@code Forwarding}, {@code ForwardPool}, {@code ForwardAttempt}, with
 * {@code BodySource} on the way out and {@code BodySink} on the way back.
 */
public final class Forwarder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final long LOOK_MILLIS = 100;

    /** What each request needs. */
    record Parts(
            Orchestrator orchestrator,
            ForwardHead heads,
            ForwardPool pool,
            SharedRetries retries,
            Timeouts timeouts,
            Limits limits,
            @Nullable Affinity affinity,
            @Nullable ClientRates rates,
            @Nullable ResponseCache cache,
            @Nullable FirstAnswers answers,
            Ticker ticker,
            Set<Forwarding> underWay) {

        static Set<Forwarding> nobody() {
            return ConcurrentHashMap.newKeySet();
        }
    }

    private final Parts parts;
    private final Duration drain;
    private final EventListener suspicions = this::onEvent;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(new NamedThreads("symphony-forwarder-clock-"));
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean closed;

    Forwarder(Parts parts, Duration drain) {
        this.parts = parts;
        this.drain = drain;
    }

    /** Begins the description of a forwarder; everything has a default. */
    public static ForwarderBuilder to(Orchestrator orchestrator) {
        return new ForwarderBuilder(orchestrator);
    }

    Forwarder begin() {
        parts.orchestrator().listen(suspicions);
        var unused = clock.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return this;
    }

    /**
     * Sends a request to a replica. The stage completes with the response as soon as its head is there, on a thread of
     * the forwarder's, so what follows on it must not block; or with a {@link ForwarderException}. To cancel it gives
     * the request up.
     */
    public CompletionStage<ForwardResponse> execute(ForwardRequest request) {
        try {
            RequestHead head = read(request);
            holdToItsRate(request, head);
            FirstAnswers answers = parts.answers();
            KeyedRequest keyed = answers == null
                    ? null
                    : answers.of(head, parts.orchestrator().name());
            return keyed == null ? executeCached(request, head) : executeKeyed(request, head, keyed);
        } catch (ForwarderException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private RequestHead read(ForwardRequest request) {
        if (closed) {
            throw closed();
        }
        return parts.heads().read(request);
    }

    private CompletableFuture<ForwardResponse> executeCached(ForwardRequest request, RequestHead head) {
        ResponseCache cache = parts.cache();
        Optional<CacheRequest> visitor = cache == null
                ? Optional.empty()
                : CacheHeads.request(head, request.origin().scheme());
        return cache == null || visitor.isEmpty()
                ? forwarding(request, head).begin()
                : new CachedForwarding(this, request, cache.visit(visitor.get()), clock).begin();
    }

    private CompletableFuture<ForwardResponse> executeKeyed(
            ForwardRequest request, RequestHead head, KeyedRequest keyed) {
        if (keyed instanceof KeyedRequest.Refused refused) {
            parts.orchestrator().turnAway(ShedReason.REFUSED);
            throw new ForwarderException(refused.reply());
        }
        if (keyed instanceof RepeatedRequest repeat) {
            return RepeatReading.of(request.body(), repeat, parts);
        }
        FirstRequest first = (FirstRequest) keyed;
        try {
            CompletableFuture<ForwardResponse> answer = executeCached(request.overheardBy(first), head);
            var unused = answer.whenComplete((response, thrown) -> {
                if (response == null) {
                    first.end();
                }
            });
            return answer;
        } catch (ForwarderException refused) {
            first.end();
            throw refused;
        }
    }

    private void holdToItsRate(ForwardRequest request, RequestHead head) {
        ClientRates rates = parts.rates();
        long waitNanos = rates == null
                ? 0
                : rates.take(head, request.origin().peer(), parts.ticker().nanos());
        if (waitNanos > 0) {
            parts.orchestrator().turnAway(ShedReason.RATE_LIMITED);
            throw new ForwarderException(Reply.tooMany(waitNanos));
        }
    }

    /** A request on its way to a replica, whatever a cache might know. */
    Forwarding forwarding(ForwardRequest request) {
        return forwarding(request, read(request));
    }

    private Forwarding forwarding(ForwardRequest request, RequestHead head) {
        Forwarding forwarding = new Forwarding(parts, request, head);
        parts.underWay().add(forwarding);
        return forwarding;
    }

    static ForwarderException closed() {
        return new ForwarderException(503, "the forwarder is closed");
    }

    /** As {@link #execute}, for whoever has a client to answer: what fails is a response that says so, too. */
    public CompletionStage<ForwardResponse> answer(ForwardRequest request) {
        CompletableFuture<ForwardResponse> response = execute(request).toCompletableFuture();
        CompletableFuture<ForwardResponse> answer = response.exceptionally(Forwarder::told);
        var unused = answer.whenComplete((given, thrown) -> response.cancel(false)); // nothing where it is there
        return answer;
    }

    private static ForwardResponse told(Throwable thrown) {
        return thrown instanceof ForwarderException why
                ? why.response()
                : new ForwarderException(502, thrown.toString()).response();
    }

    /** How many requests are under way. */
    public int inside() {
        return parts.underWay().size();
    }

    private void onEvent(Event event) {
        if (event.kind() == Event.Kind.SUSPECT) {
            event.replica().ifPresent(this::suspected);
        }
    }

    /** A replica may hang. */
    void suspected(ReplicaId replica) {
        parts.underWay().forEach(each -> each.leave(replica));
    }

    private void look() {
        try {
            parts.underWay().forEach(Forwarding::check);
            parts.pool().tidy(parts.timeouts().pooled());
            if (closed && parts.underWay().isEmpty()) {
                empty.complete(null);
            }
        } catch (RuntimeException e) { // nobody would take this thread's place
            LOG.error("going on after a fault of our own", e);
        }
    }

    /** Takes no more requests, lets those under way finish, and ends whatever has not finished within the drain. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (inside() > 0) {
            awaitEmpty();
        }
        parts.orchestrator().forget(suspicions);
        clock.shutdownNow();
        parts.underWay().forEach(Forwarding::close);
        parts.pool().close();
    }

    private void awaitEmpty() {
        try {
            empty.get(drain.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} requests have not ended within {}", inside(), drain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
