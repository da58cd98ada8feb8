package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.ProbeResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A machine full of containers in virtual time, with a runtime that is slow, fails, hangs, and loses, repeats and
 * reorders its events. What it does wrong is drawn from a seed, and {@link #heal()} ends it.
 *
 * <p>It answers as the actuator does: exactly one fact for each action, an excuse at the deadline for a call that hangs.
 */
final class SimulatedWorld implements Effects {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    /** A version that never comes up. */
    static final ServiceSpec BROKEN = ServiceSpec.command("acts", "broken");

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final SplittableRandom random;
    private final Agenda agenda;
    private final double faultiness;
    private final Map<ReplicaId, Container> containers = new HashMap<>();
    private final Map<ReplicaId, String> lifecycleCalls = new HashMap<>();
    private final Map<ReplicaId, Boolean> probes = new HashMap<>();
    private Consumer<Fact> mailbox = fact -> {};
    private boolean healed;
    private long now;
    private int nextPort = 1;
    private long actions;

    private static final class Container {
        private final Endpoint endpoint;
        private final String version;
        private final long wellNanos;
        private long sickUntilNanos;
        private boolean silentWhileSick;

        Container(Endpoint endpoint, String version, long wellNanos) {
            this.endpoint = endpoint;
            this.version = version;
            this.wellNanos = wellNanos;
        }
    }

    SimulatedWorld(SplittableRandom random, Agenda agenda, double faultiness) {
        this.random = random;
        this.agenda = agenda;
        this.faultiness = faultiness;
    }

    /** Who hears of facts from now on; what was on its way to a former listener is lost with it. */
    void postTo(Consumer<Fact> listener) {
        lifecycleCalls.clear();
        probes.clear();
        mailbox = listener;
    }

    void heal() {
        healed = true;
        containers.values().forEach(container -> container.sickUntilNanos = now);
    }

    void passTo(long nanos) {
        now = nanos;
        agenda.runUntil(nanos);
    }

    /** Every container is fated to fall sick and to die, sooner or later. */
    private void comeUp(ReplicaId id, Endpoint endpoint, String version) {
        Container container = new Container(endpoint, version, now + (long) (random.nextDouble(2) * SECOND));
        containers.put(id, container);
        after(fate(50), () -> die(id, container));
        after(fate(20), () -> fallSick(container));
    }

    private long fate(double meanSeconds) {
        double never = 1e6;
        double mean = faultiness == 0 ? never : meanSeconds / faultiness;
        return (long) (Math.min(never, -Math.log(1 - random.nextDouble()) * mean) * SECOND);
    }

    private void fallSick(Container container) {
        if (!healed) {
            container.sickUntilNanos = now + (long) (random.nextDouble(20) * SECOND);
            container.silentWhileSick = random.nextBoolean();
            after(fate(20), () -> fallSick(container));
        }
    }

    private void die(ReplicaId id, Container container) {
        if (healed || !containers.remove(id, container)) {
            return;
        }
        for (int copies = unlucky(0.2) ? 0 : unlucky(0.2) ? 2 : 1; copies > 0; copies--) {
            later(2, () -> mailbox.accept(new Fact.Vanished(id, "killed by the simulation")));
        }
    }

    Set<ReplicaId> running() {
        return containers.keySet();
    }

    long actions() {
        return actions;
    }

    @Override
    public void perform(Action action) {
        actions++;
        if (action instanceof Action.Start start) {
            begin(start.id(), "start");
            start(start);
        } else if (action instanceof Action.Stop stop) {
            begin(stop.id(), "stop");
            stop(stop);
        } else if (action instanceof Action.Probe probe) {
            if (probes.put(probe.id(), true) != null) {
                throw new AssertionError(probe.id() + " is probed twice at a time");
            }
            probe(probe);
        } else {
            survey();
        }
    }

    private void begin(ReplicaId id, String what) {
        String other = lifecycleCalls.put(id, what);
        if (other != null) {
            throw new AssertionError(id + ": " + what + " while a " + other + " is under way");
        }
    }

    private void start(Action.Start action) {
        if (action.spec().equals(BROKEN)) {
            later(1, answer(action.id(), new Fact.StartFailed(action.id(), "it is broken")));
            return;
        }
        Endpoint endpoint = Endpoint.local(nextPort++ % 65_000 + 1);
        Runnable comeUp = () -> comeUp(action.id(), endpoint, action.spec().version());
        if (unlucky(0.1)) {
            later(3, answer(action.id(), new Fact.StartFailed(action.id(), "no luck")));
        } else if (unlucky(0.05)) {
            after(random.nextLong(2 * CALL_TIMEOUT.toNanos()), comeUp); // perhaps after everybody gave up on it
            after(CALL_TIMEOUT.toNanos(), answer(action.id(), new Fact.StartFailed(action.id(), "hung")));
        } else {
            Runnable answered = answer(action.id(), new Fact.Started(action.id(), endpoint));
            later(2, () -> {
                comeUp.run();
                later(0.2, answered);
            });
        }
    }

    private void stop(Action.Stop action) {
        Runnable goDown = () -> containers.remove(action.id());
        if (unlucky(0.1)) {
            later(2, answer(action.id(), new Fact.StopFailed(action.id(), "no luck")));
        } else if (unlucky(0.05)) {
            if (random.nextBoolean()) {
                later(10, goDown);
            }
            after(CALL_TIMEOUT.toNanos(), answer(action.id(), new Fact.StopFailed(action.id(), "hung")));
        } else {
            Runnable answered = answer(action.id(), new Fact.Stopped(action.id(), ""));
            later(1, () -> {
                goDown.run();
                later(0.2, answered);
            });
        }
    }

    /** What ends a call: its fact, unless whoever called has crashed since. */
    private Runnable answer(ReplicaId id, Fact fact) {
        Consumer<Fact> caller = mailbox;
        return () -> {
            if (caller == mailbox) {
                lifecycleCalls.remove(id);
                caller.accept(fact);
            }
        };
    }

    private void probe(Action.Probe action) {
        Consumer<Fact> caller = mailbox;
        later(0.05, () -> {
            if (caller == mailbox) {
                probes.remove(action.id());
                caller.accept(new Fact.Probed(action.id(), answerOf(action)));
            }
        });
    }

    private ProbeResult answerOf(Action.Probe action) {
        Container container = containers.get(action.id());
        if (container == null || !container.endpoint.equals(action.endpoint()) || now < container.wellNanos) {
            return ProbeResult.silent("refused");
        }
        if (now < container.sickUntilNanos) {
            return container.silentWhileSick ? ProbeResult.silent("timeout") : ProbeResult.unwell("503");
        }
        return ProbeResult.well();
    }

    private void survey() {
        long asked = now;
        Consumer<Fact> caller = mailbox;
        if (unlucky(0.2)) {
            later(5, () -> caller.accept(new Fact.SurveyFailed("no luck")));
            return;
        }
        later(0.5, () -> {
            List<Sighting> seen = new ArrayList<>();
            containers.forEach((id, each) -> seen.add(new Sighting(id, each.endpoint, each.version)));
            later(1, () -> caller.accept(new Fact.Surveyed(seen, asked)));
        });
    }

    private boolean unlucky(double chance) {
        return !healed && random.nextDouble() < chance * faultiness;
    }

    private void later(double mostSeconds, Runnable happening) {
        after((long) (random.nextDouble() * mostSeconds * SECOND), happening);
    }

    private void after(long nanos, Runnable happening) {
        agenda.at(now + nanos, happening);
    }
}
