package io.symphony.examples;

import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.examples.FrontSettings.FrontPlan;
import io.symphony.examples.NginxSettings.NginxPlan;
import io.symphony.fleet.Endpoint;
import io.symphony.health.EjectionPolicy;
import io.symphony.proxy.NginxStatusTraffic;
import io.symphony.proxy.nginx.NginxException;
import io.symphony.proxy.nginx.NginxServer;
import io.symphony.proxy.nginx.NginxUpstream;
import io.symphony.proxy.nginx.ServerRules;
import io.symphony.proxy.nginx.UpstreamRules;
import io.symphony.spi.RotationListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** nginx, our own or somebody else's, and its count of requests. */
final class NginxFront implements Front {
    private final RotationListener nginx;
    private final Optional<NginxServer> ours;
    private final Optional<NginxStatusTraffic> count;

    private NginxFront(RotationListener nginx, Optional<NginxServer> ours, Optional<URI> statusPage) {
        this.nginx = nginx;
        this.ours = ours;
        this.count = statusPage.map(NginxStatusTraffic::at);
    }

    static NginxFront of(ServicePlan plan) throws CannotStart, InterruptedException {
        NginxPlan nginx = plan.front().nginx();
        try {
            return nginx.upstream().isPresent()
                    ? theirs(plan, nginx, nginx.upstream().get())
                    : ours(plan, nginx);
        } catch (NginxException e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        }
    }

    private static NginxFront theirs(ServicePlan plan, NginxPlan nginx, Path file) throws InterruptedException {
        NginxUpstream upstream = NginxUpstream.of(file, rules(plan), nginx.command());
        NginxUpstream told = nginx.pid().map(upstream::withPidFile).orElse(upstream);
        told.check();
        return new NginxFront(told, Optional.empty(), nginx.status());
    }

    private static NginxFront ours(ServicePlan plan, NginxPlan nginx) throws CannotStart, InterruptedException {
        FrontPlan front = plan.front();
        ServerRules rules =
                ServerRules.at(endpoint(front.listen()), rules(plan)).withDrain(plan.drain());
        NginxServer server =
                NginxServer.start(front.workers().map(rules::withWorkers).orElse(rules), nginx.command());
        return new NginxFront(server, Optional.of(server), Optional.of(server.statusPage()));
    }

    private static UpstreamRules rules(ServicePlan plan) {
        EjectionPolicy passive = plan.health().policy().ejection();
        return UpstreamRules.of(plan.spec().name())
                .withBalancing(plan.front().balance().inNginx().orElseThrow())
                .withFailures(passive.maxFails(), passive.failTimeout());
    }

    /** nginx has no word for any free port, so one is chosen for it. */
    private static Endpoint endpoint(InetSocketAddress listen) throws CannotStart {
        if (listen.getPort() != 0) {
            return new Endpoint(listen.getHostString(), listen.getPort());
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(listen.getHostString()))) {
            return new Endpoint(listen.getHostString(), socket.getLocalPort());
        } catch (IOException e) {
            throw new CannotStart("cannot listen on " + listen.getHostString() + ": " + e.getMessage());
        }
    }

    @Override
    public void prepare(OrchestratorBuilder builder) {
        builder.rotationListener(nginx);
        count.ifPresent(builder::traffic);
    }

    /** It takes requests in already. */
    @Override
    public void open(Orchestrator orchestrator) {}

    @Override
    public Optional<InetSocketAddress> address() {
        return ours.map(NginxServer::address)
                .map(address -> InetSocketAddress.createUnresolved(address.host(), address.port()));
    }

    @Override
    public void close() {
        count.ifPresent(NginxStatusTraffic::close);
        ours.ifPresent(NginxServer::close);
    }
}
