package io.symphony.proxy;

import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.Event;
import io.symphony.spi.EventListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 listener that forwards each request to a replica of one orchestrator.
 *
 * <pre>{@code
 * try (Listener listener = Listener.forwarding(orchestrator).at("127.0.0.1", 8080).start()) {
 *     System.out.println("http://" + listener.address());
 *     done.await();
 * }
 * }</pre>
 *
 * <p>The way of a request through this package: {@code Acceptor}, {@code Loop}, {@code ClientConnection}, {@code
 * RequestHead}, {@code Exchange}, {@code RequestRewrite}, {@code Hold}, {@code UpstreamPool}, {@code
 * UpstreamConnection}, {@code ResponseRelay}, {@code ResponseHead}, {@code ResponseRewrite}. One thread goes all of it.
 */
public final class Listener implements AutoCloseable {

    /** After these a replica's idle connections are of no more use. */
    private static final Set<Event.Kind> DEPARTURES =
            EnumSet.of(Event.Kind.DRAINING, Event.Kind.STOPPING, Event.Kind.DIED, Event.Kind.GONE);

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(2);

    private final Orchestrator orchestrator;
    private final EventListener departures = this::onEvent;
    private final InetSocketAddress address;
    private final List<Loop> loops;
    private final Acceptor acceptor;
    private final Room room;
    private final Names names;
    private final @Nullable Handshakes handshakes;
    private final Duration drain;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Listener(Settings settings, ServerSocketChannel server, int workers, Duration drain) throws IOException {
        this.orchestrator = settings.orchestrator();
        this.room = settings.room();
        this.names = settings.names();
        this.handshakes = settings.handshakes();
        this.drain = drain;
        address = (InetSocketAddress) server.getLocalAddress();
        List<Loop> made = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            made.add(new Loop(settings));
        }
        loops = List.copyOf(made);
        acceptor = new Acceptor(server, loops);
    }

    /** Begins the description of a listener; everything has a default. */
    public static Builder forwarding(Orchestrator orchestrator) {
        return new Builder(orchestrator);
    }

    private Listener begin() {
        for (int i = 0; i < loops.size(); i++) {
            new Thread(loops.get(i), "symphony-proxy-" + (i + 1)).start();
        }
        orchestrator.listen(departures);
        if (handshakes != null) {
            handshakes.watch();
        }
        return this;
    }

    private void onEvent(Event event) {
        if (DEPARTURES.contains(event.kind())) {
            event.replica().ifPresent(this::left);
        } else if (event.kind() == Event.Kind.SUSPECT) {
            event.replica().ifPresent(this::suspected);
        }
    }

    /** A replica may hang. */
    void suspected(ReplicaId replica) {
        loops.forEach(loop -> loop.submit(() -> loop.suspected(replica)));
    }

    /** A replica has left the rotation. */
    void left(ReplicaId replica) {
        loops.forEach(loop -> loop.submit(() -> loop.left(replica)));
    }

    /** Where it listens; the port is the real one also where any was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** What it has done since it began. */
    public ListenerTraffic traffic() {
        ListenerTraffic sum = ListenerTraffic.NONE;
        for (Loop loop : loops) {
            sum = loop.tally().addTo(sum);
        }
        return sum;
    }

    /** How long its requests took since it began. */
    public ListenerDurations durations() {
        List<Durations> served =
                loops.stream().map(loop -> loop.tally().served()).toList();
        List<Durations> asked = loops.stream().map(loop -> loop.tally().asked()).toList();
        return new ListenerDurations(
                Durations.series(served, Durations.Side.SERVER),
                Durations.series(asked, Durations.Side.CLIENT),
                Durations.latency(served),
                Durations.latency(asked));
    }

    /** The client connections of this moment. */
    public int connections() {
        return room.taken();
    }

    /** Accepts no more, lets the requests inside finish, and closes whatever has not finished within the drain. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        orchestrator.forget(departures);
        acceptNoMore();
        loops.forEach(loop -> loop.submit(loop::drain));
        if (!ended(drain)) {
            loops.forEach(loop -> loop.submit(loop::abort));
            ended(LAST_MOMENT);
        }
        names.close();
        if (handshakes != null) {
            handshakes.close();
        }
    }

    /** Waits until nothing can be dealt to a loop any more, so that none ends before its last client comes. */
    private void acceptNoMore() {
        CountDownLatch done = new CountDownLatch(1);
        loops.get(0).submit(() -> {
            acceptor.close();
            done.countDown();
        });
        try {
            if (!done.await(LAST_MOMENT.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("{}: still accepting while closing", this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ended(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        try {
            for (Loop loop : loops) {
                if (!loop.ended().await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String toString() {
        return "Listener at " + address.getHostString() + ":" + address.getPort();
    }

    /** The description of a listener. */
    public static final class Builder {

        private final Orchestrator orchestrator;
        private String host = "127.0.0.1";
        private int port = 8080;
        private int workers = Runtime.getRuntime().availableProcessors();
        private Limits limits = Limits.defaults();
        private Timeouts timeouts = Timeouts.defaults();
        private HeaderPolicy headers = HeaderPolicy.defaults();
        private Duration drain = Duration.ofSeconds(30);
        private int retryPercent = 20;
        private int retryFloor = 10;
        private @Nullable AccessLog accessLog;
        private @Nullable Affinity affinity;
        private @Nullable Tls tls;

        private Builder(Orchestrator orchestrator) {
            this.orchestrator = orchestrator;
        }

        /** Where to listen; port 0 means any that is free. Default: 127.0.0.1:8080. */
        public Builder at(String onHost, int onPort) {
            host = onHost;
            port = require("port", onPort, 0, 65_535);
            return this;
        }

        /** How many event loops. Default: one a core. */
        public Builder workers(int number) {
            workers = require("workers", number, 1, 1_024);
            return this;
        }

        public Builder limits(Limits other) {
            limits = other;
            return this;
        }

        public Builder timeouts(Timeouts other) {
            timeouts = other;
            return this;
        }

        public Builder headers(HeaderPolicy other) {
            headers = other;
            return this;
        }

        /**
         * How many requests may be sent again: a share of those of the last seconds, and a few besides, in each event
         * loop. Default: 20 percent and 10.
         */
        public Builder retries(int percent, int besides) {
            retryPercent = require("percent", percent, 0, 100);
            retryFloor = require("besides", besides, 0, 1_000_000);
            return this;
        }

        /** How long requests inside may take to finish on {@link Listener#close()}. Default: 30 s. */
        public Builder drain(Duration limit) {
            drain = limit;
            return this;
        }

        /** Hears of every request that has ended. Default: nobody. */
        public Builder accessLog(AccessLog log) {
            accessLog = log;
            return this;
        }

        /** Speaks HTTPS and nothing else. Default: plain HTTP. */
        public Builder tls(Tls identity) {
            tls = identity;
            return this;
        }

        /**
         * Leads requests with the same value in this header to the same replica, while that one serves; it wants a
         * {@code RoutingPolicy.hash()} behind it. Requests without one go in turn. Default: all do.
         */
        public Builder affinity(String header) {
            affinity = new Affinity(header);
            return this;
        }

        /**
         * Begins to listen.
         *
         * @throws ListenerException when it cannot; the message says why
         */
        public Listener start() {
            Room room = new Room(limits.connections());
            Settings settings = new Settings(
                    orchestrator,
                    headers,
                    limits,
                    timeouts,
                    Settings.Nanos.of(timeouts),
                    retryPercent,
                    retryFloor,
                    accessLog,
                    affinity,
                    room,
                    new Names(),
                    tls == null ? null : new Handshakes(tls));
            ServerSocketChannel server = Ports.bind(host, port);
            try {
                return new Listener(settings, server, workers, drain).begin();
            } catch (IOException e) {
                Ports.close(server);
                throw new ListenerException("No event loop could be made: " + e.getMessage(), e);
            }
        }

        private static int require(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
            }
            return value;
        }
    }
}
