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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP/1.1 listener that forwards each request to a replica of one orchestrator, or of one of several.
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

    private final List<Orchestrator> orchestrators;
    private final EventListener departures = this::onEvent;
    private final InetSocketAddress address;
    private final List<Loop> loops;
    private final Acceptor acceptor;
    private final Room room;
    private final Names names;
    private final @Nullable Handshakes handshakes;
    private final @Nullable SharedCache cache;
    private final Drain drain;
    private final AtomicBoolean closed = new AtomicBoolean();

    Listener(Settings settings, ServerSocketChannel server, int workers, Drain drain) throws IOException {
        this.orchestrators = settings.routes().orchestrators();
        this.room = settings.room();
        this.names = settings.names();
        this.handshakes = settings.handshakes();
        this.cache = settings.cache();
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
    public static ListenerBuilder forwarding(Orchestrator orchestrator) {
        return routing(Routes.elseTo(orchestrator));
    }

    /** The same in front of several orchestrators. They stay their maker's to close, each after this listener. */
    public static ListenerBuilder routing(Routes routes) {
        return new ListenerBuilder(routes);
    }

    Listener begin() {
        if (cache != null) {
            cache.begin(orchestrators);
        }
        for (int i = 0; i < loops.size(); i++) {
            new Thread(loops.get(i), "symphony-proxy-" + (i + 1)).start();
        }
        orchestrators.forEach(each -> each.listen(departures));
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
        loops.forEach(loop -> loop.submit(() -> loop.clients().leave(replica)));
    }

    /** A replica has left the rotation. */
    void left(ReplicaId replica) {
        loops.forEach(loop -> loop.submit(() -> loop.left(replica)));
    }

    /** Where it listens; the port is the real one also where any was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** How a client's URL begins: {@code http}, or {@code https} where it has a certificate. */
    public String scheme() {
        return handshakes == null ? "http" : "https";
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

    /** What its cache has done, where it has one. */
    public Optional<CacheTraffic> cacheTraffic() {
        return Optional.ofNullable(cache).map(SharedCache::traffic);
    }

    /** The client connections of this moment. */
    public int connections() {
        return room.taken();
    }

    /** Accepts no more, lets the requests inside finish, and ends whatever has not finished within the drain. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        orchestrators.forEach(each -> each.forget(departures));
        acceptNoMore();
        drain.run(loops);
        names.close();
        if (cache != null) {
            cache.close();
        }
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

    @Override
    public String toString() {
        return "Listener at " + address.getHostString() + ":" + address.getPort();
    }
}
