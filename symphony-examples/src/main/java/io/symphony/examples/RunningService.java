package io.symphony.examples;

import io.symphony.OnExit;
import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.Status;
import io.symphony.proxy.AccessLogWriter;
import io.symphony.proxy.Listener;
import io.symphony.proxy.ListenerException;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.EventListener;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A service under way: its orchestrator, its listener and what the two need. Its end takes them down in turn. */
final class RunningService {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ServicePlan plan;
    private final Outside outside;
    private final Orchestrator orchestrator;
    private final Newcomers newcomers;
    private final Listener listener;
    private final Optional<AccessLogWriter> accessLog;
    private final AtomicBoolean ended = new AtomicBoolean();
    private List<Sighting> left = List.of();

    private RunningService(
            ServicePlan plan,
            Outside outside,
            Orchestrator orchestrator,
            Newcomers newcomers,
            Listener listener,
            Optional<AccessLogWriter> accessLog) {
        this.plan = plan;
        this.outside = outside;
        this.orchestrator = orchestrator;
        this.newcomers = newcomers;
        this.listener = listener;
        this.accessLog = accessLog;
    }

    /** Starts it all, or nothing of it. */
    static RunningService start(ServicePlan plan, List<EventListener> listeners) throws CannotStart {
        ListenPort.require(plan.front());
        Optional<AccessLogWriter> accessLog = accessLog(plan);
        Outside outside = Outside.of(plan);
        Newcomers newcomers = new Newcomers();
        Optional<LatencyGauge> latency =
                plan.scale().gauges().latencyPercentile().map(LatencyGauge::new);
        Orchestrator orchestrator = orchestrator(plan, outside, latency, and(newcomers, listeners));
        try {
            Listener listener = listener(plan, orchestrator, accessLog);
            latency.ifPresent(gauge -> gauge.of(listener));
            return new RunningService(plan, outside, orchestrator, newcomers, listener, accessLog);
        } catch (ListenerException e) {
            withdraw(orchestrator, outside, newcomers);
            accessLog.ifPresent(AccessLogWriter::close);
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    String url() {
        return Foreground.url(plan.front().listener().scheme(), address());
    }

    InetSocketAddress address() {
        return listener.address();
    }

    /** How things stand. */
    Status status() {
        return orchestrator.status();
    }

    /** What runs on after the end. */
    List<Sighting> left() {
        return left;
    }

    /** Takes no new request, finishes those inside, and ends the replicas or leaves them, as planned. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        listener.close();
        accessLog.ifPresent(AccessLogWriter::close);
        orchestrator.close();
        if (plan.onExit() == OnExit.LEAVE) {
            left = outside.list(plan.spec().name());
        }
        outside.close();
    }

    /** Ends it all, and every replica that it has started, whatever was planned: it never came to serve. */
    void undo() {
        ended.set(true);
        listener.close();
        accessLog.ifPresent(AccessLogWriter::close);
        withdraw(orchestrator, outside, newcomers);
    }

    /** What was taken over served before us, and runs on. */
    private static void withdraw(Orchestrator orchestrator, Outside outside, Newcomers newcomers) {
        orchestrator.close(OnExit.LEAVE);
        outside.stop(orchestrator.name(), newcomers::include, GRACE);
        outside.close();
    }

    private static List<EventListener> and(Newcomers newcomers, List<EventListener> others) {
        return Stream.concat(Stream.of(newcomers), others.stream()).toList();
    }

    private static Orchestrator orchestrator(
            ServicePlan plan, Outside outside, Optional<LatencyGauge> latency, List<EventListener> listeners) {
        OrchestratorBuilder builder = Orchestrator.of(plan.spec())
                .between(plan.scale().min(), plan.scale().max())
                .scaling(plan.scale().policy())
                .balancing(plan.front().balance().policy())
                .health(plan.health().policy())
                .drain(plan.drain())
                .grace(GRACE)
                .mostWaiting(plan.front().listener().mostWaiting())
                .onExit(plan.onExit());
        latency.ifPresent(gauge -> builder.gauge(PolicySettings.LATENCY, gauge));
        plan.scale()
                .gauges()
                .file()
                .ifPresent(file -> builder.gauge(PolicySettings.GAUGE_FILE, new FileGauge(Path.of(file))));
        outside.probe().ifPresent(builder::probe);
        outside.runtime().ifPresent(builder::runtime);
        listeners.forEach(builder::listener);
        return builder.start();
    }

    private static Optional<AccessLogWriter> accessLog(ServicePlan plan) throws CannotStart {
        return plan.front().accessLog().isPresent()
                ? Optional.of(plan.front().accessLog().get().open())
                : Optional.empty();
    }

    private static Listener listener(ServicePlan plan, Orchestrator orchestrator, Optional<AccessLogWriter> accessLog) {
        var builder = Listener.forwarding(orchestrator)
                .at(plan.front().listen().getHostString(), plan.front().listen().getPort())
                .drain(plan.drain())
                .drainStreams(plan.drainStreams());
        plan.front().listener().describe(builder);
        if (plan.front().sharesPort()) {
            builder.sharingPort();
        }
        plan.front().workers().ifPresent(builder::workers);
        plan.front().balance().hashedHeader().ifPresent(builder::affinity);
        accessLog.ifPresent(builder::accessLog);
        return builder.start();
    }
}
