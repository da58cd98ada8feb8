package io.symphony.examples;

import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.proxy.AccessLogWriter;
import io.symphony.proxy.Listener;
import io.symphony.proxy.ListenerBuilder;
import io.symphony.proxy.ListenerException;
import io.symphony.proxy.ResponseCache;
import io.symphony.proxy.admin.Admin;
import io.symphony.proxy.admin.AdminBuilder;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The built-in listener and its access log. */
final class ListenerFront implements Front {
    private final ServicePlan plan;
    private final Optional<AccessLogWriter> accessLog;
    private final Optional<LatencyGauge> latency;
    private @Nullable Listener listener;

    ListenerFront(ServicePlan plan) throws CannotStart {
        this.plan = plan;
        ListenPort.require(plan.front());
        accessLog = plan.front().accessLog().isPresent()
                ? Optional.of(plan.front().accessLog().get().open())
                : Optional.empty();
        latency = plan.scale().gauges().latencyPercentile().map(LatencyGauge::new);
    }

    @Override
    public void prepare(OrchestratorBuilder builder) {
        builder.balancing(plan.front().balance().policy());
        latency.ifPresent(gauge -> builder.gauge(PolicySettings.LATENCY, gauge));
    }

    @Override
    public void open(Orchestrator orchestrator) throws CannotStart {
        try {
            Listener started = description(orchestrator).start();
            latency.ifPresent(gauge -> gauge.of(started));
            listener = started;
        } catch (ListenerException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private ListenerBuilder description(Orchestrator orchestrator) throws CannotStart {
        ListenerBuilder builder = Listener.forwarding(orchestrator)
                .at(plan.front().listen().getHostString(), plan.front().listen().getPort())
                .drain(plan.drain())
                .drainStreams(plan.drainStreams())
                .maintenance(plan.front().maintenance().page());
        plan.front().listener().describe(builder);
        if (plan.front().sharesPort()) {
            builder.sharingPort();
        }
        plan.front().workers().ifPresent(builder::workers);
        plan.front().balance().hashedHeader().ifPresent(builder::affinity);
        plan.front().cacheBytes().map(ResponseCache::ofBytes).ifPresent(builder::cache);
        accessLog.ifPresent(builder::accessLog);
        return builder;
    }

    /** It tells how long requests took, too. */
    @Override
    public AdminBuilder admin(Orchestrator orchestrator) {
        return listener == null ? Front.super.admin(orchestrator) : Admin.over(orchestrator, listener);
    }

    @Override
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(listener).map(Listener::address);
    }

    @Override
    public void close() {
        if (listener != null) {
            listener.close();
        }
        accessLog.ifPresent(AccessLogWriter::close);
    }
}
