package io.symphony.proxy.admin;

import io.symphony.Orchestrator;
import io.symphony.proxy.Listener;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A small web server apart from the one that clients use: a dashboard, the status, streams of rates and events, metrics
 * for Prometheus, and orders.
 *
 * <pre>{@code
 * try (Admin admin = Admin.over(orchestrator, listener).at("127.0.0.1", 9090).start()) {
 *     System.out.println("http://" + admin.address());
 *     done.await();
 * }
 * }</pre>
 *
 * <p>It has a thread of its own for all its connections, and bounds on what they can make it hold; the event loops of the
 * listener never wait for it. Other machines reach it only with a token.
 */
public final class Admin implements AutoCloseable {

    private final WebServer server;
    private final Pulse pulse;
    private final InetSocketAddress address;
    private final AtomicBoolean closed = new AtomicBoolean();

    Admin(AdminBuilder builder, InetSocketAddress at) {
        Subject subject = builder.subject();
        Assets assets = new Assets();
        Guard guard = new Guard(builder.names(), builder.token(), assets.paths());
        Routes routes = new Routes(guard).readAll(assets.replies());
        server = new WebServer(routes);
        Streams streams = server.streams();
        pulse = new Pulse(subject, streams::wake, () -> {
            streams.pulse();
            server.sessions().sweep();
        });
        route(routes, subject);
        address = server.listen(at);
        pulse.start();
    }

    /** Begins the description of an admin listener; everything has a default. */
    public static AdminBuilder over(Orchestrator orchestrator, Listener listener) {
        return new AdminBuilder(new Subject(orchestrator, Optional.of(listener)));
    }

    /** As {@link #over(Orchestrator, Listener)}, where requests do not come in through a listener of ours. */
    public static AdminBuilder over(Orchestrator orchestrator) {
        return new AdminBuilder(new Subject(orchestrator, Optional.empty()));
    }

    private void route(Routes routes, Subject subject) {
        Orchestrator orchestrator = subject.orchestrator();
        String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        Orders orders = new Orders(orchestrator);
        routes.read(
                        "/status",
                        call -> Reply.text(200, Reply.JSON, fresh(subject).text() + "\n"))
                .read("/rps", call -> new RateFeed(pulse))
                .read("/events", call -> events(orchestrator, run, call))
                .read("/live", call -> new LiveFeed(pulse, events(orchestrator, run, call)))
                .read("/metrics", call -> Reply.text(200, Exposition.MEDIA_TYPE, Metrics.of(subject)))
                .read(ParticipationPage.PATH, call -> ParticipationPage.of(orchestrator))
                .read("/health", call -> Reply.done("the admin listener answers"))
                .read("/ready", call -> Routes.readiness(subject.status()))
                .write("/scale", orders::scale)
                .write("/drain", orders::drain)
                .write("/rollout", orders::rollOut)
                .write("/pause", orders::pause)
                .write("/maintenance", orders::maintain)
                .write("/resume", orders::resume);
    }

    private Now fresh(Subject subject) {
        Now last = pulse.now();
        return Now.of(last.number(), subject.status(), last.second());
    }

    private static EventFeed events(Orchestrator orchestrator, String run, Call call) {
        return new EventFeed(orchestrator, run, call.field("Last-Event-ID"));
    }

    /** Where it listens; the port is the real one also where any was asked for. */
    public InetSocketAddress address() {
        return address;
    }

    /** Ends all streams and listens no more. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pulse.close();
            server.close();
        }
    }

    @Override
    public String toString() {
        return "Admin at " + address().getHostString() + ":" + address().getPort();
    }
}
