package io.symphony.proxy;

import io.symphony.Orchestrator;
import io.symphony.spi.Ticker;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The description of a listener; everything has a default.
 *
 * <pre>{@code
 * Listener.forwarding(orchestrator)
 *         .at("0.0.0.0", 8080)
 *         .limits(Limits.defaults().withBodyBytes(10_000_000))
 *         .start();
 * }</pre>
 */
public final class ListenerBuilder {

    private final Routes routes;
    private String host = "127.0.0.1";
    private int port = 8080;
    private int workers = Runtime.getRuntime().availableProcessors();
    private Limits limits = Limits.defaults();
    private Timeouts timeouts = Timeouts.defaults();
    private HeaderPolicy headers = HeaderPolicy.defaults();
    private Duration drain = Duration.ofSeconds(30);
    private @Nullable Duration drainStreams;
    private Ports.Sharing sharing = Ports.Sharing.ALONE;
    private int retryPercent = 20;
    private int retryFloor = 10;
    private MaintenancePage maintenance = MaintenancePage.plain();
    private @Nullable AccessLog accessLog;
    private @Nullable Affinity affinity;
    private @Nullable RateLimit rateLimit;
    private @Nullable ResponseCache cache;
    private @Nullable IdempotencyKeys idempotencyKeys;
    private @Nullable Tls tls;

    ListenerBuilder(Routes routes) {
        this.routes = routes;
    }

    /** Where to listen; port 0 means any that is free. Default: 127.0.0.1:8080. */
    public ListenerBuilder at(String onHost, int onPort) {
        host = onHost;
        port = require("port", onPort, 0, 65_535);
        return this;
    }

    /** How many event loops. Default: one a core. */
    public ListenerBuilder workers(int number) {
        workers = require("workers", number, 1, 1_024);
        return this;
    }

    public ListenerBuilder limits(Limits other) {
        limits = other;
        return this;
    }

    public ListenerBuilder timeouts(Timeouts other) {
        timeouts = other;
        return this;
    }

    public ListenerBuilder headers(HeaderPolicy other) {
        headers = other;
        return this;
    }

    /**
     * How many requests that may have left already are sent again: a share of those of the last seconds, and a few
     * besides, in each event loop. What never left may always be. Default: 20 percent and 10; with 0 and 0 nothing is.
     */
    public ListenerBuilder retries(int percent, int besides) {
        retryPercent = require("percent", percent, 0, 100);
        retryFloor = require("besides", besides, 0, 1_000_000);
        return this;
    }

    /** How long requests inside may wait for their answer on {@link Listener#close()}. Default: 30 s. */
    public ListenerBuilder drain(Duration limit) {
        drain = limit;
        return this;
    }

    /** How long responses that have begun, and tunnels, may go on from then. Default: as long as requests. */
    public ListenerBuilder drainStreams(Duration limit) {
        drainStreams = limit;
        return this;
    }

    /**
     * Lets other programs of the same user listen on the same port, so that a successor can begin before this one ends.
     * Both get new connections meanwhile. Default: a port in use is an error.
     */
    public ListenerBuilder sharingPort() {
        sharing = Ports.Sharing.SHARED;
        return this;
    }

    /** What clients are told while the orchestrator is under maintenance. Default: a few plain words. */
    public ListenerBuilder maintenance(MaintenancePage page) {
        maintenance = page;
        return this;
    }

    /** Hears of every request that has ended. Default: nobody. */
    public ListenerBuilder accessLog(AccessLog log) {
        accessLog = log;
        return this;
    }

    /** Speaks HTTPS and nothing else. Default: plain HTTP. */
    public ListenerBuilder tls(Tls identity) {
        tls = identity;
        return this;
    }

    /**
     * Leads requests with the same value in this header to the same replica, while that one serves; it wants a
     * {@code RoutingPolicy.hash()} behind it. Requests without one go in turn. Default: all do.
     */
    public ListenerBuilder affinity(String header) {
        affinity = new KeyAffinity(header);
        return this;
    }

    /** Keeps the requests of a session at one replica, under any rule of balancing. Default: none is kept. */
    public ListenerBuilder affinity(SessionAffinity sessions) {
        affinity = sessions.begin(Ticker.system());
        return this;
    }

    /** Limits how many requests a client may send. Default: as many as it will. */
    public ListenerBuilder rateLimit(RateLimit limit) {
        OptionalCaffeine.require("rate limit");
        rateLimit = limit;
        return this;
    }

    /** Answers repeats of a POST or PATCH as the first one was answered. Default: each goes to a replica. */
    public ListenerBuilder idempotencyKeys(IdempotencyKeys keys) {
        OptionalCaffeine.require("idempotency keys");
        idempotencyKeys = keys;
        return this;
    }

    /**
     * Answers GET and HEAD out of this cache where it may, and keeps in it what may be kept. Default: there is none.
     */
    public ListenerBuilder cache(ResponseCache shared) {
        cache = shared;
        return this;
    }

    private Forwarder refreshing(Orchestrator service) {
        return Forwarder.to(service)
                .workers(1)
                .limits(limits)
                .timeouts(timeouts)
                .headers(headers)
                .retries(retryPercent, retryFloor)
                .drain(Duration.ofSeconds(1))
                .start();
    }

    /**
     * Begins to listen.
     *
     * @throws ListenerException when it cannot; the message says why
     */
    public Listener start() {
        Settings settings = settings(Ticker.system());
        ServerSocketChannel server = Ports.bind(host, port, sharing);
        Duration streams = drainStreams == null ? drain : drainStreams;
        try {
            return new Listener(settings, server, workers, new Drain(drain, streams)).begin();
        } catch (IOException e) {
            Ports.close(server);
            throw new ListenerException("No event loop could be made: " + e.getMessage(), e);
        }
    }

    Settings settings(Ticker ticker) {
        return new Settings(
                routes,
                headers,
                limits,
                timeouts,
                Settings.Nanos.of(timeouts),
                retryPercent,
                retryFloor,
                maintenance,
                accessLog,
                affinity,
                rateLimit == null ? null : new ClientRates(rateLimit, headers.claims(), ticker),
                cache == null ? null : new SharedCache(cache, this::refreshing),
                idempotencyKeys == null ? null : new FirstAnswers(idempotencyKeys, ticker),
                new Room(limits.connections()),
                new Names(),
                tls == null ? null : new Handshakes(tls),
                ticker);
    }

    static int require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }
}
