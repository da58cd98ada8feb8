package io.symphony.proxy;

import io.symphony.Orchestrator;
import io.symphony.spi.Ticker;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The description of a forwarder; everything has a default, that of a {@link ListenerBuilder} where both have it.
 *
 * <pre>{@code
 * Forwarder.to(orchestrator).timeouts(Timeouts.defaults().withResponseHead(Duration.ofSeconds(10))).start();
 * }</pre>
 */
public final class ForwarderBuilder {

    private final Orchestrator orchestrator;
    private int workers = Runtime.getRuntime().availableProcessors();
    private Limits limits = Limits.defaults();
    private Timeouts timeouts = Timeouts.defaults();
    private HeaderPolicy headers = HeaderPolicy.defaults();
    private Duration drain = Duration.ofSeconds(30);
    private int retryPercent = 20;
    private int retryFloor = 10;
    private @Nullable Affinity affinity;
    private @Nullable RateLimit rateLimit;
    private @Nullable ResponseCache cache;
    private @Nullable IdempotencyKeys idempotencyKeys;
    private @Nullable SSLContext tls;
    private HttpVersionPolicy version = HttpVersionPolicy.FORCE_HTTP_1;

    ForwarderBuilder(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    /** How many threads talk to replicas. Default: one a core. */
    public ForwarderBuilder workers(int number) {
        workers = ListenerBuilder.require("workers", number, 1, 1_024);
        return this;
    }

    /** Of heads and bodies; {@code connections} is the most to one replica. */
    public ForwarderBuilder limits(Limits other) {
        limits = other;
        return this;
    }

    /** Those that have to do with a client's connection are its server's business. */
    public ForwarderBuilder timeouts(Timeouts other) {
        timeouts = other;
        return this;
    }

    public ForwarderBuilder headers(HeaderPolicy other) {
        headers = other;
        return this;
    }

    /** How many requests are sent again, as in {@link ListenerBuilder#retries}. */
    public ForwarderBuilder retries(int percent, int besides) {
        retryPercent = ListenerBuilder.require("percent", percent, 0, 100);
        retryFloor = ListenerBuilder.require("besides", besides, 0, 1_000_000);
        return this;
    }

    /** How long requests under way may take to finish on {@link Forwarder#close()}. Default: 30 s. */
    public ForwarderBuilder drain(Duration limit) {
        drain = limit;
        return this;
    }

    /** As {@link ListenerBuilder#affinity(String)}. */
    public ForwarderBuilder affinity(String header) {
        affinity = new KeyAffinity(header);
        return this;
    }

    /** As {@link ListenerBuilder#affinity(SessionAffinity)}. */
    public ForwarderBuilder affinity(SessionAffinity sessions) {
        affinity = sessions.begin(Ticker.system());
        return this;
    }

    /** As {@link ListenerBuilder#rateLimit}; a client is who the request's {@link Origin} names. */
    public ForwarderBuilder rateLimit(RateLimit limit) {
        OptionalCaffeine.require("rate limit");
        rateLimit = limit;
        return this;
    }

    /** As {@link ListenerBuilder#cache}. */
    public ForwarderBuilder cache(ResponseCache shared) {
        cache = shared;
        return this;
    }

    /** As {@link ListenerBuilder#idempotencyKeys}. */
    public ForwarderBuilder idempotencyKeys(IdempotencyKeys keys) {
        OptionalCaffeine.require("idempotency keys");
        idempotencyKeys = keys;
        return this;
    }

    /** Speaks TLS to the replicas, whose certificates must hold for the host of their endpoint. Default: plain. */
    public ForwarderBuilder tls(SSLContext trust) {
        tls = trust;
        return this;
    }

    /** Speaks HTTP/2 to the replicas, without asking first where the connection is plain. Default: HTTP/1.1. */
    public ForwarderBuilder http2() {
        version = HttpVersionPolicy.FORCE_HTTP_2;
        return this;
    }

    public Forwarder start() {
        Ticker ticker = Ticker.system();
        Forwarder.Parts parts = new Forwarder.Parts(
                orchestrator,
                new ForwardHead(headers, limits),
                new ForwardPool(timeouts, limits, workers, tls, version),
                new SharedRetries(retryPercent, retryFloor, ticker),
                timeouts,
                limits,
                affinity,
                rateLimit == null ? null : new ClientRates(rateLimit, headers.claims(), ticker),
                cache,
                idempotencyKeys == null ? null : new FirstAnswers(idempotencyKeys, ticker),
                ticker,
                Forwarder.Parts.nobody());
        return new Forwarder(parts, drain).begin();
    }
}
