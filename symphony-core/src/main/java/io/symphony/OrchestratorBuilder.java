package io.symphony;

import io.symphony.engine.Restraint;
import io.symphony.engine.Rules;
import io.symphony.engine.Unmanaged;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.health.HealthPolicy;
import io.symphony.process.ProcessRuntime;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.Deliberation;
import io.symphony.scaling.ReplicaQuota;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.spi.Colleagues;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.Ensemble;
import io.symphony.spi.EventListener;
import io.symphony.spi.Gauge;
import io.symphony.spi.HealthProbe;
import io.symphony.spi.RotationListener;
import io.symphony.spi.Ticker;
import io.symphony.spi.TrafficSource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The description of an orchestrator. Whatever is not said has a default that is safe without tuning; what is wrong is
 * refused, with its name, its value and what was expected.
 *
 * <pre>{@code
 * Orchestrator.of(spec)
 *         .between(2, 10)
 *         .scaling(ScalingPolicy.requestsPerSecond(50, Duration.ofSeconds(10)))
 *         .balancing(RoutingPolicy.leastConnections())
 *         .probe(HttpHealthProbe.at("/api/v1/_health"))
 *         .listener(event -> System.out.println(event))
 *         .start();
 * }</pre>
 */
public final class OrchestratorBuilder {

    private final ServiceSpec spec;
    private final List<EventListener> listeners = new ArrayList<>();
    private final List<RotationListener> rotationListeners = new ArrayList<>();
    private int min = 1;
    private int max = 10;
    private Duration zeroAfter = Duration.ofMinutes(5);
    private OptionalInt changesPerHour = OptionalInt.empty();
    private ScalingPolicy scaling = ScalingPolicy.requests(20, Duration.ofMinutes(2));
    private RoutingPolicy routing = RoutingPolicy.roundRobin();
    private HealthPolicy health = HealthPolicy.standard();
    private HealthProbe probe = HealthProbe.connecting();
    private @Nullable ContainerRuntime runtime;
    private @Nullable TrafficSource traffic;
    private final Map<String, Gauge> gauges = new LinkedHashMap<>();
    private OnExit onExit = OnExit.STOP;
    private Duration drain = Duration.ofSeconds(30);
    private Duration grace = Duration.ofSeconds(10);
    private Duration surveyEvery = Duration.ofSeconds(5);
    private Duration callTimeout = Duration.ofMinutes(1);
    private Duration overdue = Duration.ofMinutes(5);
    private RollOutPolicy rollOut = RollOutPolicy.standard();
    private int mostInside = Integer.MAX_VALUE;
    private int mostWaiting = 1_000;
    private Consumer<Deliberation> deliberations = each -> {};
    private Supplier<Optional<ReplicaQuota.Share>> share = Optional::empty;
    private Optional<Blueprint.Company> company = Optional.empty();
    private Ticker ticker = Ticker.system();
    private Clock clock = Clock.systemUTC();

    OrchestratorBuilder(ServiceSpec spec) {
        this.spec = spec;
    }

    /**
     * The range that the number of replicas stays in, whatever a policy says. Default: 1 to 10. With a least of 0 the
     * last one goes after {@link #zeroAfter}, and a request that finds none brings one back.
     */
    public OrchestratorBuilder between(int least, int most) {
        min = least;
        max = most;
        return this;
    }

    /** Where none may be ({@code between(0, n)}): how long without a request the last one stays. Default: 5 min. */
    public OrchestratorBuilder zeroAfter(Duration quiet) {
        zeroAfter = quiet;
        return this;
    }

    /**
     * How many starts and stops an hour scaling may cause; beyond that more stay than are wanted, and the reason says so.
     * What is needed is never held back, and healing is not scaling. Default: 12 times the most replicas.
     */
    public OrchestratorBuilder changesPerHour(int startsAndStops) {
        changesPerHour = OptionalInt.of(startsAndStops);
        return this;
    }

    /** How many replicas. Default: {@code ScalingPolicy.requests(20, 120 s)}. */
    public OrchestratorBuilder scaling(ScalingPolicy policy) {
        scaling = policy;
        return this;
    }

    /** Which replica takes a request. Default: round robin. */
    public OrchestratorBuilder balancing(RoutingPolicy policy) {
        routing = policy;
        return this;
    }

    /** When a replica is checked and what follows. Default: {@link HealthPolicy#standard()}. */
    public OrchestratorBuilder health(HealthPolicy policy) {
        health = policy;
        return this;
    }

    /** How a replica is checked. Default: whether it accepts a connection. It stays yours to close. */
    public OrchestratorBuilder probe(HealthProbe check) {
        probe = check;
        return this;
    }

    /** What runs the replicas. Default for a command: child processes. One given here stays yours to close. */
    public OrchestratorBuilder runtime(ContainerRuntime other) {
        runtime = other;
        return this;
    }

    /** What scaling counts. Default: the leases. */
    public OrchestratorBuilder traffic(TrafficSource source) {
        traffic = source;
        return this;
    }

    /** A number of yours for scaling to follow, such as the length of a queue; policies know it by its name. */
    public OrchestratorBuilder gauge(String name, Gauge gauge) {
        if (gauges.putIfAbsent(name, gauge) != null) {
            throw new IllegalArgumentException("gauge: " + name + " given twice (expected: once)");
        }
        return this;
    }

    /** What happens to the replicas on {@link Orchestrator#close()}. Default: they are stopped. */
    public OrchestratorBuilder onExit(OnExit choice) {
        onExit = choice;
        return this;
    }

    /** How long a leaving replica may finish what is inside. Default: 30 s. */
    public OrchestratorBuilder drain(Duration limit) {
        drain = limit;
        return this;
    }

    /** How long a replica may take to end after it was asked to, before it is made to. Default: 10 s. */
    public OrchestratorBuilder grace(Duration limit) {
        grace = limit;
        return this;
    }

    /** How often everything that runs is listed, to find what no event told of. Default: 5 s. */
    public OrchestratorBuilder surveyEvery(Duration interval) {
        surveyEvery = interval;
        return this;
    }

    /** How long a call to the runtime may take. Default: 60 s. */
    public OrchestratorBuilder callTimeout(Duration limit) {
        callTimeout = limit;
        return this;
    }

    /** From when on an open lease is reported as perhaps forgotten. Default: 5 min. */
    public OrchestratorBuilder reportLeasesOpenFor(Duration limit) {
        overdue = limit;
        return this;
    }

    /** How many requests may be inside a replica at a time; more wait for their turn. Default: as many as come. */
    public OrchestratorBuilder mostInside(int requests) {
        mostInside = requests;
        return this;
    }

    /** How many requests may wait for a replica at a time. Default: 1,000. */
    public OrchestratorBuilder mostWaiting(int requests) {
        mostWaiting = requests;
        return this;
    }

    /** How a new version takes the former one's place. Default: {@link RollOutPolicy#standard()}. */
    public OrchestratorBuilder rollingOut(RollOutPolicy policy) {
        rollOut = policy;
        return this;
    }

    /** Hears of every decision and change, from the first on. */
    public OrchestratorBuilder listener(EventListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Hears who may be chosen; a replica that leaves is stopped only once it has let go. It stays yours to close. */
    public OrchestratorBuilder rotationListener(RotationListener listener) {
        rotationListeners.add(listener);
        return this;
    }

    /**
     * Takes down each decision with all that went into it, some ten a second, for a replay. It is called on the control
     * thread, so it must not block.
     */
    public OrchestratorBuilder deliberations(Consumer<Deliberation> recorder) {
        deliberations = recorder;
        return this;
    }

    /**
     * Has no more replicas than others leave of a quota, one host's for instance. It keeps its minimum in any case; of those
     * that want more, who has the higher priority comes first.
     */
    public OrchestratorBuilder sharing(ReplicaQuota replicas, int priority) {
        share = () -> Optional.of(replicas.join(min, priority));
        return this;
    }

    /**
     * Serves together with other orchestrators of the same service, of which one at a time decides; the others check and
     * balance over the same replicas. They run on when this one is closed, whatever {@link #onExit} says.
     */
    public OrchestratorBuilder together(Ensemble ensemble, Colleagues colleagues) {
        company = Optional.of(new Blueprint.Company(ensemble, colleagues));
        return this;
    }

    /** Where time comes from. Default: the machine's monotonic clock. */
    public OrchestratorBuilder ticker(Ticker other) {
        ticker = other;
        return this;
    }

    /** Makes the orchestrator and sets it going. It starts replicas in the background. */
    public Orchestrator start() {
        Orchestrator orchestrator = new Orchestrator(blueprint());
        orchestrator.go();
        return orchestrator;
    }

    private Blueprint blueprint() {
        Optional<ReplicaQuota.Share> part = share.get(); // it may be refused: before anything is made
        return new Blueprint(
                spec,
                rules(),
                runtime == null ? defaultRuntime() : runtime,
                runtime == null,
                probe,
                Optional.ofNullable(traffic),
                gauges,
                company.isPresent() ? OnExit.LEAVE : onExit,
                mostInside,
                mostWaiting,
                callTimeout,
                ticker,
                clock,
                listeners,
                rotationListeners,
                deliberations,
                part,
                company);
    }

    private Rules rules() {
        Restraint restraint = new Restraint(zeroAfter, changesPerHour.orElse(Restraint.changesOf(max)));
        boolean pool = spec.source() instanceof Source.Backends;
        return new Rules(
                min, max, scaling, restraint, health, drain, grace, surveyEvery, routing, overdue, rollOut, pool);
    }

    private ContainerRuntime defaultRuntime() {
        if (spec.source() instanceof Source.Command) {
            return ProcessRuntime.create();
        }
        if (spec.source() instanceof Source.Backends) {
            return Unmanaged.RUNTIME;
        }
        throw new IllegalArgumentException("runtime: none (expected: one that runs images, such as symphony-docker's)");
    }
}
