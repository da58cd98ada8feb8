package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.engine.Fact.RollOutSteered.Course;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * One run of the whole control side against a simulated world, from a seed. Every tick checks the invariants; once the
 * faults stop, the fleet has to come to rest.
 */
final class Simulation {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long TICK = Duration.ofMillis(100).toNanos();
    private static final ServiceSpec SPEC = ServiceSpec.command("acts", "acts");
    private static final List<ServiceSpec> VERSIONS =
            List.of(SPEC, SPEC.withEnv("VERSION", "2"), SPEC.withEnv("VERSION", "3"), SimulatedWorld.BROKEN);

    private final SplittableRandom random;
    private final Rules rules;
    private final Agenda agenda = new Agenda();
    private final SimulatedWorld world;
    private final List<Visit> visits = new ArrayList<>();
    private final Planner planner;
    private Dispatcher<Visit> dispatcher;
    private ControlLoop loop;
    private ServiceSpec installed = SPEC;
    private List<Fact> mailbox = new ArrayList<>();
    private long now = SECOND;
    private long withinMaximumNanos = now;
    private long served;
    private long refused;

    /** A request inside a slot, in place of the door's lease. */
    private record Visit(Slot slot, long mark) {}

    Simulation(long seed, Rules rules, double faultiness) {
        this.random = new SplittableRandom(seed);
        this.rules = rules;
        this.planner = new Planner(rules);
        this.world = new SimulatedWorld(random.split(), agenda, faultiness);
        this.dispatcher = new Dispatcher<>(Visit::new);
        this.loop = boot();
    }

    static Rules rules(int min, int max, ScalingPolicy scaling) {
        return new Rules(
                min,
                max,
                scaling,
                new Restraint(Duration.ofSeconds(5), Restraint.changesOf(max)),
                HealthPolicy.every(Duration.ofSeconds(1)).withStartTimeout(Duration.ofSeconds(30)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                RoutingPolicy.roundRobin(),
                Duration.ofMinutes(5),
                RollOutPolicy.standard().withWatch(Duration.ofSeconds(2)),
                false);
    }

    private ControlLoop boot() {
        dispatcher = new Dispatcher<>(Visit::new);
        visits.clear();
        mailbox = new ArrayList<>();
        world.postTo(mailbox::add);
        return new ControlLoop(
                installed, rules, dispatcher, Story.meters(dispatcher::accepted), world, note -> {}, now);
    }

    /** Everything at once: traffic, orders, deaths, sickness, our own crashes and stalls. */
    void runWithFaults(Duration time, int mostVisitsPerTick, boolean withCrashes) {
        for (long end = now + time.toNanos(); now < end; ) {
            visit(mostVisitsPerTick);
            if (withCrashes) {
                meddle();
            }
            tick();
        }
    }

    private void meddle() {
        int draw = random.nextInt(2_000);
        if (draw == 0) {
            installed = VERSIONS.get(random.nextInt(VERSIONS.size() - 1)); // perhaps another one than ran before
            loop = boot();
        } else if (draw == 1) {
            now += 5 * SECOND; // the whole process stood still
        } else if (draw == 2) {
            mailbox.add(new Fact.ScaleOrdered(OptionalInt.of(random.nextInt(rules.min(), rules.max() + 1))));
        } else if (draw == 3) {
            mailbox.add(new Fact.ScaleOrdered(OptionalInt.empty()));
        } else if (draw == 4 && !loop.state().fleet().isEmpty()) {
            int victim = random.nextInt(loop.state().fleet().size());
            mailbox.add(new Fact.DrainOrdered(loop.state().fleet().at(victim).id()));
        } else if (draw >= 5 && draw < 10) {
            mailbox.add(new Fact.RollOutOrdered(VERSIONS.get(random.nextInt(VERSIONS.size()))));
        } else if (draw >= 10 && draw < 13) {
            mailbox.add(new Fact.RollOutSteered(Course.values()[draw - 10]));
        }
    }

    void runInPeace(Duration time) {
        world.heal();
        mailbox.add(new Fact.RollOutSteered(Course.RESUME));
        for (long end = now + time.toNanos(); now < end; ) {
            leave(visits.size());
            tick();
        }
    }

    /** Some requests come, some go. */
    private void visit(int most) {
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            Visit visit = dispatcher.inTurn(dispatcher.ticket());
            if (visit == null) {
                refused++;
            } else {
                served++;
                assertThat(visit.slot().isShut())
                        .as("shut gate of a leased slot")
                        .isFalse();
                visits.add(visit);
            }
        }
        leave(visits.size() / 2);
    }

    private void leave(int count) {
        for (int i = count; i > 0; i--) {
            Visit leaving = visits.remove(random.nextInt(visits.size()));
            leaving.slot().leave(leaving.mark());
        }
    }

    private void tick() {
        now += TICK;
        world.passTo(now);
        List<Fact> facts = List.copyOf(mailbox);
        mailbox.clear();
        Fleet before = loop.state().fleet();
        loop.tick(facts, now);
        checkInvariants();
        if (facts.stream().noneMatch(Fact.DrainOrdered.class::isInstance)) {
            checkDepartures(before);
        }
    }

    /** Whoever is well leaves only while as many as are wanted serve without it: whatever grows, shrinks or rolls out. */
    private void checkDepartures(Fleet before) {
        State state = loop.state();
        for (Replica replica : state.fleet()) {
            boolean served = before.find(replica.id())
                    .filter(each -> each.phase() == Phase.READY)
                    .isPresent();
            if (served && replica.phase() == Phase.DRAINING && !rules.health().isSick(replica.checks())) {
                require(
                        state.fleet().count(Phase.READY) >= state.target().replicas(),
                        replica.id() + " was well and needed, and leaves");
            }
        }
    }

    private void checkInvariants() {
        State state = loop.state();
        checkMaximum(state);
        int target = state.target().replicas();
        require(rules.min() <= target && target <= rules.max(), "target out of range");
        for (int i = 0; i < state.fleet().size(); i++) {
            check(state.fleet().at(i));
        }
        Plan again = planner.plan(state, loop.inputs(), now);
        require(again.actions().isEmpty(), "planning again planned something");
        require(again.notes().isEmpty(), "planning again said something");
    }

    /**
     * Nobody is started beyond the maximum. After a crash more may be found than that, for those that were leaving run
     * still; they go once it is known which of them are well, and whoever comes up meanwhile has come up.
     */
    private void checkMaximum(State state) {
        if (state.fleet().counting() <= most(state)) {
            withinMaximumNanos = now;
            return;
        }
        for (Replica replica : state.fleet()) {
            boolean startedNow = replica.phase() == Phase.STARTING && replica.sinceNanos() == now;
            require(!startedNow, replica.id() + " is started beyond the maximum");
        }
        long longest =
                rules.health().startTimeout().plus(SimulatedWorld.CALL_TIMEOUT).toNanos();
        require(now - withinMaximumNanos <= longest, "more replicas than the maximum for long");
    }

    /** A step of a roll-out comes on top. */
    private int most(State state) {
        return state.rollOut().isUnderWay() ? rules.max() + rules.rollOut().stepOf(rules.max()) : rules.max();
    }

    private void check(Replica replica) {
        Slot slot = loop.slot(replica.id());
        if (replica.phase() == Phase.READY) {
            require(slot != null && !slot.isShut(), "a ready replica has no open slot");
        }
        if (replica.phase().leaving()) {
            require(slot == null || slot.isShut(), "a leaving replica can be entered");
        }
        if (replica.phase() == Phase.STARTING) {
            long age = now - replica.sinceNanos();
            require(age <= SimulatedWorld.CALL_TIMEOUT.toNanos() + 6 * SECOND, "a start does not resolve");
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + " at " + now / SECOND + " s: " + loop.state());
        }
    }

    /** What has to be true at rest: as many as wanted, all well, and nothing runs that is not known. */
    void requireRest() {
        State state = loop.state();
        TreeSet<ReplicaId> known = new TreeSet<>();
        state.fleet().forEach(replica -> known.add(replica.id()));
        require(state.fleet().count(Phase.READY) == state.target().replicas(), "the fleet has not converged");
        require(!state.rollOut().isUnderWay(), "the roll-out has not ended");
        require(state.rollOut().readyIn(state.fleet()) == state.fleet().size(), "there are several versions");
        assertThat(new TreeSet<>(world.running())).as("what runs").isEqualTo(known);
    }

    State state() {
        return loop.state();
    }

    long actions() {
        return world.actions();
    }

    long served() {
        return served;
    }

    long refused() {
        return refused;
    }
}
