package io.symphony.examples;

import io.symphony.OnExit;
import io.symphony.Orchestrator;
import io.symphony.OrchestratorBuilder;
import io.symphony.Status;
import io.symphony.proxy.admin.Admin;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.EventListener;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A service under way: its orchestrator, its front and what the two need. Its end takes them down in turn. */
final class RunningService {
    /** How long a replica may take to end. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private final ServicePlan plan;
    private final Outside outside;
    private final Orchestrator orchestrator;
    private final Newcomers newcomers;
    private final Front front;
    private final Optional<Claim> claim;
    private Optional<Admin> admin = Optional.empty();
    private final AtomicBoolean ended = new AtomicBoolean();
    private List<Sighting> left = List.of();

    private RunningService(
            ServicePlan plan,
            Outside outside,
            Orchestrator orchestrator,
            Newcomers newcomers,
            Front front,
            Optional<Claim> claim) {
        this.plan = plan;
        this.outside = outside;
        this.orchestrator = orchestrator;
        this.newcomers = newcomers;
        this.front = front;
        this.claim = claim;
    }

    /** Starts it all, or nothing of it. */
    static RunningService start(ServicePlan plan, List<EventListener> listeners)
            throws CannotStart, InterruptedException {
        plan.admin().requirePort();
        Front front = Front.of(plan);
        Optional<Claim> claim = Claim.lay(plan);
        Outside outside = Outside.of(plan);
        Newcomers newcomers = new Newcomers();
        Orchestrator orchestrator = orchestrator(plan, outside, front, and(newcomers, listeners));
        RunningService service = new RunningService(plan, outside, orchestrator, newcomers, front, claim);
        try {
            front.open(orchestrator);
            service.admin = plan.admin().open(front.admin(orchestrator));
            outside.company().ifPresent(company -> plan.together().ifPresent(company.listeners()::announce));
            return service;
        } catch (CannotStart e) {
            service.undo();
            throw e;
        }
    }

    /** Where clients come in; empty where somebody else's nginx says so. */
    Optional<InetSocketAddress> address() {
        return front.address();
    }

    /** Where the dashboard is, where there is one. */
    Optional<String> adminUrl() {
        return admin.map(Admin::address).map(Foreground::url);
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
        front.close();
        outside.company().ifPresent(Company::close);
        orchestrator.close();
        admin.ifPresent(Admin::close);
        if (plan.onExit() == OnExit.LEAVE) {
            left = outside.list(plan.spec().name());
        }
        outside.close();
        claim.ifPresent(Claim::end);
    }

    /** Ends it all, and every replica that it has started, whatever was planned: it never came to serve. */
    void undo() {
        ended.set(true);
        admin.ifPresent(Admin::close);
        front.close();
        orchestrator.close(OnExit.LEAVE); // what was taken over served before us, and runs on
        outside.stop(orchestrator.name(), newcomers::include, GRACE);
        outside.close();
        claim.ifPresent(Claim::end);
    }

    private static List<EventListener> and(Newcomers newcomers, List<EventListener> others) {
        return Stream.concat(Stream.of(newcomers), others.stream()).toList();
    }

    private static Orchestrator orchestrator(
            ServicePlan plan, Outside outside, Front front, List<EventListener> listeners) {
        OrchestratorBuilder builder = Orchestrator.of(plan.spec())
                .between(plan.scale().min(), plan.scale().max())
                .zeroAfter(plan.scale().zeroAfter())
                .scaling(plan.scale().policy())
                .health(plan.health().policy())
                .rollingOut(plan.rollOut())
                .drain(plan.drain())
                .grace(GRACE)
                .mostInside(plan.front().listener().mostInside())
                .mostWaiting(plan.front().listener().mostWaiting())
                .onExit(plan.onExit());
        plan.scale().changesPerHour().ifPresent(builder::changesPerHour);
        plan.scale()
                .gauges()
                .file()
                .ifPresent(file -> builder.gauge(PolicySettings.GAUGE_FILE, new FileGauge(Path.of(file))));
        front.prepare(builder);
        outside.count().ifPresent(count -> builder.traffic(count).rotationListener(count));
        outside.company()
                .ifPresent(with ->
                        builder.together(with.ensemble(), with.listeners()).surveyEvery(Company.LOOK));
        outside.recorder().ifPresent(builder::deliberations);
        outside.probe().ifPresent(builder::probe);
        outside.runtime().ifPresent(builder::runtime);
        listeners.forEach(builder::listener);
        return builder.start();
    }
}
