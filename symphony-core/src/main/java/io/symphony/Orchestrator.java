package io.symphony;

import io.symphony.engine.Actuator;
import io.symphony.engine.Announcer;
import io.symphony.engine.Audience;
import io.symphony.engine.Audit;
import io.symphony.engine.ControlLoop;
import io.symphony.engine.ControlThread;
import io.symphony.engine.Fact;
import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.engine.Gauges;
import io.symphony.engine.Mailbox;
import io.symphony.engine.Meters;
import io.symphony.engine.Note;
import io.symphony.engine.Readiness;
import io.symphony.engine.Rules;
import io.symphony.engine.Traffic;
import io.symphony.engine.WaitingRoom;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.routing.ShedReason;
import io.symphony.scaling.Change;
import io.symphony.spi.ContainerRuntime.Watch;
import io.symphony.spi.Decision;
import io.symphony.spi.Event;
import io.symphony.spi.EventListener;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the replicas of one service running, well, and as many as the traffic needs, and says which of them takes the
 * next request.
 *
 * <pre>{@code
 * ServiceSpec spec = ServiceSpec.command("acts", "java", "-jar", "acts.jar");
 * try (Orchestrator acts = Orchestrator.of(spec).between(2, 10).start()) {
 *     try (Lease lease = acts.lease(Duration.ofSeconds(5))) {
 *         call(lease.endpoint());
 *     }
 * }
 * }</pre>
 *
 * <p>{@link #lease()} takes no lock and never waits for the control side. All methods may be called from any thread.
 */
public final class Orchestrator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);

    private final Blueprint blueprint;
    private final Ticker ticker;
    private final Announcer announcer;
    private final Mailbox mailbox = new Mailbox();
    private final Desk desk;
    private final Audit audit;
    private final WaitingRoom<Lease> waiting;
    private final Actuator actuator;
    private final Gauges gauges;
    private final ControlLoop loop;
    private final ControlThread control;
    private final Audience audience;
    private final Readiness readiness;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Entrance entrance = Entrance.OPEN;
    private @Nullable Watch watch;

    /** Begins the description of an orchestrator; everything but the service has a default. */
    public static OrchestratorBuilder of(ServiceSpec spec) {
        return new OrchestratorBuilder(spec);
    }

    Orchestrator(Blueprint blueprint) {
        this.blueprint = blueprint;
        this.ticker = blueprint.ticker();
        Rules rules = blueprint.rules();
        announcer = new Announcer(blueprint.spec(), blueprint.clock());
        desk = new Desk(rules.health().ejection(), mailbox, ticker);
        waiting = new WaitingRoom<>(blueprint.mostWaiting(), ticker, new Doorkeeper());
        gauges = new Gauges(blueprint.gauges(), ticker);
        actuator = new Actuator(
                name(),
                blueprint.runtime(),
                blueprint.probe(),
                rules.health().timeout(),
                blueprint.callTimeout(),
                ticker,
                mailbox);
        TrafficSource source = blueprint.traffic().orElse(desk::accepted);
        Meters meters = new Meters(source, desk.traffic()::finished, waiting::size, gauges, blueprint.clock());
        loop = new ControlLoop(blueprint.spec(), rules, desk.dispatcher(), meters, actuator, announcer, ticker.nanos());
        audit = new Audit(desk::accepted, desk.traffic(), waiting::size, ticker.nanos());
        loop.auditedBy(audit);
        control = new ControlThread(loop, mailbox, ticker);
        audience = new Audience(blueprint.rotationListeners(), announcer);
        readiness = new Readiness(ticker);
        loop.follow(audience);
        loop.onPublish(() -> {
            waiting.open();
            readiness.changed();
        });
        blueprint.listeners().forEach(announcer::listen);
    }

    /** The builder calls it once, when the fields are safe to be seen by other threads. */
    void go() {
        try {
            watch = blueprint.runtime().watch(name(), death -> post(new Fact.Vanished(death.id(), death.reason())));
        } catch (RuntimeFailure e) {
            LOG.warn(
                    "{}: deaths are found by listing alone, the runtime cannot be watched: {}", name(), e.getMessage());
        }
        gauges.start();
        control.start();
    }

    /** The service's name. */
    public String name() {
        return blueprint.spec().name();
    }

    /**
     * A replica for one request, at once.
     *
     * @throws NoReplicaAvailableException when none serves; it says why, with numbers
     */
    public Lease lease() {
        Lease lease = desk.inTurn(desk.ticket());
        return lease != null ? lease : shed();
    }

    /**
     * A replica for one request that belongs to a key, at once. Under {@code RoutingPolicy.hash()} the same key leads to
     * the same replica while that one serves.
     *
     * @throws NoReplicaAvailableException when none serves
     */
    public Lease leaseFor(long key) {
        desk.ticket();
        Lease lease = desk.forKey(key);
        return lease != null ? lease : shed();
    }

    private Lease shed() {
        desk.traffic().shed(closed.get() ? ShedReason.CLOSED : ShedReason.NO_REPLICA);
        arrived();
        throw refusal("");
    }

    /** Where none may be, a request brings one back. */
    private void arrived() {
        if (blueprint.rules().min() == 0) {
            mailbox.arrived();
        }
    }

    /**
     * A replica for one request, waiting for one if need be. Those who wait are served first come, first served, and
     * their number is bounded.
     *
     * @throws NoReplicaAvailableException when none served within the patience, or too many wait already
     */
    public Lease lease(Duration patience) throws InterruptedException {
        CompletableFuture<Lease> answer = leaseAsync(patience).toCompletableFuture();
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NoReplicaAvailableException none
                    ? none
                    : new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            if (!answer.cancel(false) && !answer.isCompletedExceptionally()) {
                Lease late = answer.join();
                late.abandoned();
                late.close();
            }
            throw e;
        }
    }

    /**
     * As {@link #lease(Duration)}, without a thread that waits. The stage is completed on the caller's thread or on one
     * that serves all who wait, so what follows on it must not block. Cancelling it gives up the place.
     */
    public CompletionStage<Lease> leaseAsync(Duration patience) {
        long ticket = desk.ticket();
        Lease lease = waiting.size() == 0 ? desk.inTurn(ticket) : null;
        if (lease != null) {
            return CompletableFuture.completedFuture(lease);
        }
        return waiting.enter(ticket, patience);
    }

    /** As {@link #leaseAsync(Duration)} for a request that belongs to a key, which leads it as in {@link #leaseFor}. */
    public CompletionStage<Lease> leaseAsyncFor(long key, Duration patience) {
        desk.ticket();
        Lease lease = waiting.size() == 0 ? desk.forKey(key) : null;
        if (lease != null) {
            return CompletableFuture.completedFuture(lease);
        }
        return waiting.enterFor(key, patience);
    }

    /** Waits until at least that many replicas serve; false if they do not after all that patience. */
    public boolean awaitReady(int replicas, Duration patience) throws InterruptedException {
        return readiness.await(loop, replicas, patience);
    }

    /** Keeps the number of replicas where it is put, until {@link #scaleAutomatically()}. */
    public void scaleTo(int replicas) {
        Rules rules = blueprint.rules();
        if (rules.fixedPool()) {
            throw new IllegalStateException(name() + ": a fixed pool is not scaled, somebody else runs it");
        }
        if (replicas < rules.min() || replicas > rules.max()) {
            throw new IllegalArgumentException(
                    "replicas: " + replicas + " (expected: " + rules.min() + " to " + rules.max() + ")");
        }
        post(new Fact.ScaleOrdered(OptionalInt.of(replicas)));
    }

    /** Leaves the number of replicas to the policy again. */
    public void scaleAutomatically() {
        post(new Fact.ScaleOrdered(OptionalInt.empty()));
    }

    /** Takes a replica out of service and ends it; another takes its place where one is needed. */
    public void drain(ReplicaId replica) {
        if (blueprint.rules().fixedPool()) {
            throw new IllegalStateException(name() + ": a fixed pool is not drained, somebody else runs it");
        }
        post(new Fact.DrainOrdered(replica));
    }

    /** What new replicas are made of. */
    public ServiceSpec spec() {
        return loop.state().spec();
    }

    /**
     * Replaces the replicas by others that are made of something else: in steps, each watched, and back if the new ones
     * are worse; {@link OrchestratorBuilder#rollingOut} has the details. It returns at once; {@link Status#rollOut()}
     * tells how far it has come. One that is under way gets this for its goal.
     *
     * <pre>{@code
     * acts.rollOut(acts.spec().withImage("acts:1.5"));
     * }</pre>
     */
    public void rollOut(ServiceSpec next) {
        RollOutOrder.require(spec(), next);
        post(new Fact.RollOutOrdered(next));
    }

    /** The roll-out that is under way goes no further, until {@link #resumeRollOut()}. */
    public void pauseRollOut() {
        post(new Fact.RollOutSteered(Course.PAUSE));
    }

    /** A roll-out that was paused, or had nothing to go back to, goes on; what was held against it is forgotten. */
    public void resumeRollOut() {
        post(new Fact.RollOutSteered(Course.RESUME));
    }

    /** The roll-out that is under way goes back to the former version. */
    public void abortRollOut() {
        post(new Fact.RollOutSteered(Course.ABORT));
    }

    /**
     * New requests wait at the entrance: those of {@link #lease()}, which wait for nothing, are refused. Those inside
     * finish, and the fleet is healed, scaled and rolled out as always.
     */
    public void pause() {
        enter(Entrance.PAUSED, "new requests wait, up to " + blueprint.mostWaiting() + " of them");
        desk.dispatcher().shut();
        waiting.welcome();
    }

    /** New requests and those that wait are refused, until {@link #resume()}. Everything else is as in a pause. */
    public void beginMaintenance() {
        enter(Entrance.MAINTENANCE, "requests are refused"); // first, so that who is refused hears why
        desk.dispatcher().shut();
        waiting.turnAway();
    }

    /** Requests come in again, first those that waited. */
    public void resume() {
        enter(Entrance.OPEN, "requests come in");
        desk.dispatcher().reopen();
        waiting.welcome();
    }

    /** Whether requests come in. */
    public Entrance entrance() {
        return entrance;
    }

    private void enter(Entrance next, String meaning) {
        entrance = next;
        announcer.accept(Note.general(Event.Kind.ENTRANCE, next.name().toLowerCase(Locale.ROOT) + ": " + meaning));
    }

    private void post(Fact fact) {
        mailbox.post(fact);
    }

    /** How things stand. */
    public Status status() {
        Traffic.Counts counts = desk.traffic().counts(desk::accepted);
        Status.Requests requests = StatusReport.requests(counts, audit.unaccounted());
        return StatusReport.of(loop, entrance, requests, waiting.size(), ticker.nanos());
    }

    /** The last decisions and changes with their reasons, the oldest first. */
    public List<Event> events() {
        return announcer.history();
    }

    /** The last changes of how many replicas are wanted, with their reasons, the oldest first. */
    public List<Change> changes() {
        return loop.changes();
    }

    /** How often each decision was made since the start. */
    public Map<Decision, Long> decisions() {
        return announcer.decisions();
    }

    /** Hears of every decision and change from now on. */
    public void listen(EventListener listener) {
        announcer.listen(listener);
    }

    /** Ends what {@link #listen} began. */
    public void forget(EventListener listener) {
        announcer.forget(listener);
    }

    private NoReplicaAvailableException refusal(String more) {
        return new NoReplicaAvailableException(StatusReport.whyNone(loop.state(), finding(), more));
    }

    private String finding() {
        if (closed.get()) {
            return "closed";
        }
        return switch (entrance) {
            case OPEN -> "no replica is ready";
            case PAUSED -> "paused";
            case MAINTENANCE -> "under maintenance";
        };
    }

    /**
     * Ends the orchestrator. Its replicas finish what is inside and end, or run on, as {@link
     * OrchestratorBuilder#onExit} says. It waits for that, within the drain and the grace.
     */
    @Override
    public void close() {
        close(blueprint.onExit());
    }

    /** As {@link #close()}, with its replicas' fate decided now, whatever {@link OrchestratorBuilder#onExit} said. */
    public void close(OnExit replicas) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        waiting.close();
        readiness.close();
        if (replicas == OnExit.STOP && !blueprint.rules().fixedPool()) {
            endReplicas();
        }
        control.close();
        gauges.close();
        audience.close();
        desk.dispatcher().close();
        if (watch != null) {
            watch.close();
        }
        actuator.close();
        if (blueprint.ownsRuntime()) {
            blueprint.runtime().close();
        }
        announcer.close();
    }

    private void endReplicas() {
        Rules rules = blueprint.rules();
        Duration limit = rules.drain().plus(rules.grace()).plus(blueprint.callTimeout());
        post(new Fact.EndOrdered());
        try {
            if (!control.awaitEnd(limit)) {
                LOG.warn("{}: closed before all replicas had ended, after {} s", name(), limit.toSeconds());
            }
        } catch (InterruptedException e) {
            LOG.warn("{}: interrupted before all replicas had ended; some may run on", name());
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Orchestrator of " + blueprint.spec();
    }

    /** The waiting room's view of us. */
    private final class Doorkeeper implements WaitingRoom.Doorkeeper<Lease> {
        @Override
        public @Nullable Lease admit(long ticket) {
            return desk.inTurn(ticket);
        }

        @Override
        public @Nullable Lease admitFor(long key) {
            return desk.forKey(key);
        }

        @Override
        public void arrived() {
            Orchestrator.this.arrived();
        }

        @Override
        public boolean isHopeless() {
            return loop.state().isHopeless();
        }

        @Override
        public void returned(Lease lease) {
            lease.abandoned();
            lease.close();
        }

        @Override
        public void left() {
            desk.traffic().abandoned();
        }

        @Override
        public RuntimeException refuse(ShedReason reason, String why) {
            desk.traffic().shed(reason);
            return refusal(why);
        }
    }
}
