package io.symphony.rehearsal;

import io.symphony.engine.ControlLoop;
import io.symphony.engine.Fact;
import io.symphony.engine.Meters;
import io.symphony.engine.Restraint;
import io.symphony.engine.Rules;
import io.symphony.engine.Slot;
import io.symphony.engine.State;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.Deliberation;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One run of a rehearsal: the clock goes from tick to tick, and between two of them clients come and go. */
final class Performance {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int TICKS_A_SECOND = 10;
    private static final long TICK = SECOND / TICKS_A_SECOND;
    private static final ServiceSpec SPEC = ServiceSpec.command("rehearsal", "rehearsal");
    private static final Duration NEVER = Duration.ofDays(365);

    private final Rehearsal rehearsal;
    private final ScalingPolicy policy;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Arrivals arrivals = new Arrivals(random.split());
    private final Clients clients;
    private final VirtualRuntime runtime;
    private final ControlLoop loop;
    private final List<Moment> moments = new ArrayList<>();
    private final List<Fact> orders = new ArrayList<>();
    private ServiceModel service;
    private long now;
    private long replicaTicks;

    Performance(Rehearsal rehearsal, ScalingPolicy policy, Consumer<Deliberation> recorder) {
        this.rehearsal = rehearsal;
        this.policy = policy;
        this.service = rehearsal.service();
        this.clients = new Clients(rehearsal, random.split(), TICK);
        this.runtime = new VirtualRuntime(service, now);
        Meters meters = new Meters(
                clients::begun, clients::ended, clients::waiting, Map::of, () -> Instant.EPOCH.plusNanos(now));
        this.loop = new ControlLoop(SPEC, rules(), clients.dispatcher(), meters, runtime, note -> {}, now);
        loop.recordedBy(recorder);
    }

    /** As live, but for checks and lists that cannot find anything here. */
    private Rules rules() {
        return new Rules(
                rehearsal.min(),
                rehearsal.max(),
                policy,
                new Restraint(Duration.ofMinutes(5), rehearsal.changesAnHour()),
                HealthPolicy.every(Duration.ofMinutes(1)),
                NEVER,
                Duration.ofSeconds(10),
                NEVER,
                RoutingPolicy.roundRobin(),
                NEVER,
                RollOutPolicy.standard(),
                false);
    }

    Outcome play() {
        rise();
        long changesBefore = runtime.changes();
        for (int second = 0; second < rehearsal.trace().seconds(); second++) {
            rehearsal.scenesAt(second).forEach(this::change);
            moments.add(play(second));
        }
        return new Outcome(
                policy.toString(),
                clients.begun(),
                clients.late(),
                clients.shed(),
                (double) replicaTicks / TICKS_A_SECOND,
                runtime.changes() - changesBefore,
                loop.changes(),
                moments);
    }

    /** The first replicas come up before the first client does. */
    private void rise() {
        do {
            tick();
        } while (loop.state().fleet().count(Phase.READY) < loop.state().target().replicas());
    }

    private void change(Rehearsal.Scene scene) {
        service = scene.service();
        runtime.starting(service);
        clients.servedBy(service, now);
    }

    private Moment play(int second) {
        int requests = rehearsal.trace().requestsIn(second);
        long shedBefore = clients.shed();
        arrivals.in(requests, now, now + SECOND);
        for (int tick = 0; tick < TICKS_A_SECOND; tick++) {
            come(now + TICK);
            tick();
            replicaTicks += loop.state().fleet().size();
        }
        State state = loop.state();
        return new Moment(
                second,
                requests,
                state.target().replicas(),
                state.fleet().count(Phase.READY),
                clients.waiting() + queued(state),
                clients.shed() - shedBefore);
    }

    private void come(long until) {
        while (arrivals.nextNanos() <= until) {
            boolean served = clients.comes(arrivals.take());
            if (!served && orders.isEmpty() && loop.state().target().replicas() == 0) {
                orders.add(new Fact.Arrived());
            }
        }
    }

    private void tick() {
        now += TICK;
        clients.leave();
        List<Fact> facts = runtime.until(now);
        facts.addAll(orders);
        orders.clear();
        loop.tick(facts, now);
        clients.letIn(now);
    }

    /** Those inside a replica who have no worker yet. */
    private long queued(State state) {
        long queued = 0;
        for (Replica replica : state.fleet()) {
            Slot slot = loop.slot(replica.id());
            queued += slot == null ? 0 : Math.max(0, slot.inside() - service.concurrency());
        }
        return queued;
    }
}
