package io.symphony;

import io.symphony.engine.Actuator;
import io.symphony.engine.Announcer;
import io.symphony.engine.Audience;
import io.symphony.engine.Audit;
import io.symphony.engine.ControlLoop;
import io.symphony.engine.ControlThread;
import io.symphony.engine.Effects;
import io.symphony.engine.Fact;
import io.symphony.engine.Gauges;
import io.symphony.engine.Mailbox;
import io.symphony.engine.Meters;
import io.symphony.engine.Party;
import io.symphony.engine.Readiness;
import io.symphony.engine.RollOutEnds;
import io.symphony.engine.Rules;
import io.symphony.scaling.ReplicaQuota;
import io.symphony.spi.ContainerRuntime.Watch;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import io.symphony.spi.TrafficSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What works behind an orchestrator: the control loop and all that it hears from and acts by, begun and ended in order. */
final class Backstage {

    private static final Logger LOG = LoggerFactory.getLogger(Backstage.class);

    private final Blueprint blueprint;
    private final Desk desk;
    private final Mailbox mailbox;
    private final Announcer announcer;
    private final Audit audit;
    private final Actuator actuator;
    private final @Nullable Party party;
    private final Gauges gauges;
    private final ControlLoop loop;
    private final ControlThread control;
    private final Audience audience;
    private final Readiness readiness;
    private final RollOutEnds rollOutEnds = new RollOutEnds(ForkJoinPool.commonPool());
    private @Nullable Watch watch;

    Backstage(Blueprint blueprint, Desk desk, Mailbox mailbox, Announcer announcer, Reception reception) {
        this.blueprint = blueprint;
        this.desk = desk;
        this.mailbox = mailbox;
        this.announcer = announcer;
        Rules rules = blueprint.rules();
        Ticker ticker = blueprint.ticker();
        gauges = new Gauges(blueprint.gauges(), ticker);
        actuator = new Actuator(
                name(),
                blueprint.runtime(),
                blueprint.probe(),
                rules.health().timeout(),
                blueprint.callTimeout(),
                ticker,
                mailbox);
        TrafficSource source = blueprint.traffic().orElse(desk::asked);
        Meters meters = new Meters(source, desk.traffic()::finished, reception::waiting, gauges, blueprint.clock());
        party = blueprint
                .company()
                .map(with -> new Party(with.ensemble(), with.colleagues(), ticker, mailbox, actuator))
                .orElse(null);
        Effects effects = party == null ? actuator : party;
        loop = new ControlLoop(blueprint.spec(), rules, desk.dispatcher(), meters, effects, announcer, ticker.nanos());
        if (party != null) {
            loop.together(party);
        }
        audit = new Audit(desk::accepted, desk.traffic(), reception::waiting, ticker.nanos());
        loop.auditedBy(audit);
        loop.ending(rollOutEnds);
        loop.recordedBy(blueprint.deliberations());
        blueprint.share().ifPresent(loop::sharing);
        control = new ControlThread(loop, mailbox, ticker);
        audience = new Audience(blueprint.rotationListeners(), announcer);
        readiness = new Readiness(ticker);
        loop.follow(audience);
        loop.onPublish(() -> {
            reception.welcome();
            readiness.changed();
        });
        blueprint.listeners().forEach(announcer::listen);
    }

    private String name() {
        return blueprint.spec().name();
    }

    void start() {
        try {
            watch = blueprint
                    .runtime()
                    .watch(name(), death -> mailbox.post(new Fact.Vanished(death.id(), death.reason())));
        } catch (RuntimeFailure e) {
            LOG.warn(
                    "{}: deaths are found by listing alone, the runtime cannot be watched: {}", name(), e.getMessage());
        }
        gauges.start();
        control.start();
        if (party != null) {
            party.start();
        }
    }

    ControlLoop loop() {
        return loop;
    }

    long unaccounted() {
        return audit.unaccounted();
    }

    Optional<Participation> participation(Status status) {
        return blueprint
                .company()
                .map(with -> Participation.of(
                        with.ensemble().name(),
                        loop.state().reign(),
                        status,
                        desk.traffic().finished(),
                        blueprint.ticker().nanos()));
    }

    /** Where those wait who ordered a roll-out. */
    RollOutEnds rollOutEnds() {
        return rollOutEnds;
    }

    boolean awaitReady(int replicas, Duration patience) throws InterruptedException {
        return readiness.await(loop, replicas, patience);
    }

    void close(OnExit replicas) {
        readiness.close();
        if (replicas == OnExit.STOP && party == null && !blueprint.rules().fixedPool()) {
            endReplicas();
        }
        control.close();
        if (party != null) {
            party.close();
        }
        rollOutEnds.close();
        blueprint.share().ifPresent(ReplicaQuota.Share::close);
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
        mailbox.post(new Fact.EndOrdered());
        try {
            if (!control.awaitEnd(limit)) {
                LOG.warn("{}: closed before all replicas had ended, after {} s", name(), limit.toSeconds());
            }
        } catch (InterruptedException e) {
            LOG.warn("{}: interrupted before all replicas had ended; some may run on", name());
            Thread.currentThread().interrupt();
        }
    }
}
