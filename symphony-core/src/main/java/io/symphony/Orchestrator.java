package io.symphony;

import io.symphony.engine.Announcer;
import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.engine.Mailbox;
import io.symphony.engine.State;
import io.symphony.engine.Traffic;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.rollout.RollOutResult;
import io.symphony.routing.ShedReason;
import io.symphony.scaling.Change;
import io.symphony.spi.Decision;
import io.symphony.spi.Event;
import io.symphony.spi.EventListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

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

    private final Blueprint blueprint;
    private final Mailbox mailbox = new Mailbox();
    private final Announcer announcer;
    private final Desk desk;
    private final Reception reception;
    private final Backstage backstage;
    private final Orders orders;

    /** Begins the description of an orchestrator; everything but the service has a default. */
    public static OrchestratorBuilder of(ServiceSpec spec) {
        return new OrchestratorBuilder(spec);
    }

    Orchestrator(Blueprint blueprint) {
        this.blueprint = blueprint;
        announcer = new Announcer(blueprint.spec(), blueprint.clock());
        desk = new Desk(blueprint.rules().health().ejection(), blueprint.mostInside(), mailbox, blueprint.ticker());
        reception = new Reception(blueprint, desk, mailbox, announcer, this::state);
        backstage = new Backstage(blueprint, desk, mailbox, announcer, reception);
        orders = new Orders(blueprint, mailbox, this::state);
    }

    private State state() {
        return backstage.loop().state();
    }

    /** The builder calls it once, when the fields are safe to be seen by other threads. */
    void go() {
        backstage.start();
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
        return reception.lease();
    }

    /**
     * A replica for one request that belongs to a key, at once. Under {@code RoutingPolicy.hash()} the same key leads to
     * the same replica while that one serves.
     *
     * @throws NoReplicaAvailableException when none serves
     */
    public Lease leaseFor(long key) {
        return reception.leaseFor(key);
    }

    /**
     * A replica for one request, waiting for one if need be. Those who wait are served first come, first served, and
     * their number is bounded.
     *
     * @throws NoReplicaAvailableException when none served within the patience, or too many wait already
     */
    public Lease lease(Duration patience) throws InterruptedException {
        return reception.lease(patience);
    }

    /**
     * As {@link #lease(Duration)}, without a thread that waits. The stage is completed on the caller's thread or on one
     * that serves all who wait, so what follows on it must not block. Cancelling it gives up the place.
     */
    public CompletionStage<Lease> leaseAsync(Duration patience) {
        return reception.leaseAsync(patience);
    }

    /** As {@link #leaseAsync(Duration)} for a request that belongs to a key, which leads it as in {@link #leaseFor}. */
    public CompletionStage<Lease> leaseAsyncFor(long key, Duration patience) {
        return reception.leaseAsyncFor(key, patience);
    }

    /**
     * A replica for one request, at once: the one where its session is at home, if that serves and has a place left, or
     * else one in turn. Whoever keeps sessions makes that one their home from then on.
     *
     * <pre>{@code
     * try (Lease lease = acts.leaseAt(session.home())) {
     *     session.moveTo(lease.replica());
     *     call(lease.endpoint());
     * }
     * }</pre>
     *
     * @throws NoReplicaAvailableException when none serves
     */
    public Lease leaseAt(ReplicaId home) {
        return reception.leaseAt(home);
    }

    /** As {@link #leaseAsync(Duration)} for a request whose session has a home, which leads it as in {@link #leaseAt}. */
    public CompletionStage<Lease> leaseAsyncAt(ReplicaId home, Duration patience) {
        return reception.leaseAsyncAt(home, patience);
    }

    /**
     * Counts a request that whoever serves it has turned away, and that asks for no replica: it is accepted and shed,
     * takes nobody's turn, and is no load to scale by.
     */
    public void turnAway(ShedReason why) {
        desk.turnAway(why);
    }

    /** Waits until at least that many replicas serve; false if they do not after all that patience. */
    public boolean awaitReady(int replicas, Duration patience) throws InterruptedException {
        return backstage.awaitReady(replicas, patience);
    }

    /** Keeps the number of replicas where it is put, until {@link #scaleAutomatically()}. */
    public void scaleTo(int replicas) {
        orders.scaleTo(replicas);
    }

    /** Leaves the number of replicas to the policy again. */
    public void scaleAutomatically() {
        orders.scaleAutomatically();
    }

    /** Takes a replica out of service and ends it; another takes its place where one is needed. */
    public void drain(ReplicaId replica) {
        orders.drain(replica);
    }

    /** What new replicas are made of. */
    public ServiceSpec spec() {
        return state().spec();
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
        orders.rollOut(next);
    }

    /**
     * As {@link #rollOut}, and tells what has become of it, once that is decided: on the common pool, so what follows on
     * it may block. A roll-out that is paused, or stops because nobody knows what to go back to, waits for its next order.
     */
    public CompletionStage<RollOutResult> rollOutAsync(ServiceSpec next) {
        return orders.rollOut(next, backstage.rollOutEnds());
    }

    /** The roll-out that is under way goes no further, until {@link #resumeRollOut()}. */
    public void pauseRollOut() {
        orders.steerRollOut(Course.PAUSE);
    }

    /** A roll-out that was paused, or had nothing to go back to, goes on; what was held against it is forgotten. */
    public void resumeRollOut() {
        orders.steerRollOut(Course.RESUME);
    }

    /** The roll-out that is under way goes back to the former version. */
    public void abortRollOut() {
        orders.steerRollOut(Course.ABORT);
    }

    /**
     * New requests wait at the entrance: those of {@link #lease()}, which wait for nothing, are refused. Those inside
     * finish, and the fleet is healed, scaled and rolled out as always.
     */
    public void pause() {
        reception.pause();
    }

    /** New requests and those that wait are refused, until {@link #resume()}. Everything else is as in a pause. */
    public void beginMaintenance() {
        reception.beginMaintenance();
    }

    /** Requests come in again, first those that waited. */
    public void resume() {
        reception.resume();
    }

    /** Whether requests come in. */
    public Entrance entrance() {
        return reception.entrance();
    }

    /** Our part among those who serve together; empty where we are alone. */
    public Optional<Participation> participation() {
        return backstage.participation(status());
    }

    /** How things stand. */
    public Status status() {
        Traffic.Counts counts = desk.traffic().counts(desk::accepted);
        Status.Requests requests = StatusReport.requests(counts, backstage.unaccounted());
        return StatusReport.of(
                backstage.loop(),
                entrance(),
                requests,
                reception.waiting(),
                blueprint.ticker().nanos());
    }

    /** The last decisions and changes with their reasons, the oldest first. */
    public List<Event> events() {
        return announcer.history();
    }

    /** The last changes of how many replicas are wanted, with their reasons, the oldest first. */
    public List<Change> changes() {
        return backstage.loop().changes();
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

    /**
     * Ends the orchestrator. Its replicas finish what is inside and end, or run on, as {@link
     * OrchestratorBuilder#onExit} says. It waits for that, within the drain and the grace. Where others serve with it, its
     * replicas run on, and if it leads, another one does at once.
     */
    @Override
    public void close() {
        close(blueprint.onExit());
    }

    /**
     * As {@link #close()}, with its replicas' fate decided now, whatever {@link OrchestratorBuilder#onExit} said; where others
     * serve with it, they run on all the same.
     */
    public void close(OnExit replicas) {
        if (reception.close()) {
            backstage.close(replicas);
        }
    }

    @Override
    public String toString() {
        return "Orchestrator of " + blueprint.spec();
    }
}
