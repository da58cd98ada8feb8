package io.symphony.engine;

import io.symphony.fleet.Endpoint;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.HealthProbe;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Carries out actions on threads of its own, each under a deadline, and posts what came of them. A call that overstays
 * is interrupted, and its fact does not wait for it.
 */
public final class Actuator implements Effects, AutoCloseable {

    private static final int EFFECT_THREADS = 16;

    private final String service;
    private final ContainerRuntime runtime;
    private final HealthProbe probe;
    private final Duration probeTimeout;
    private final Duration callTimeout;
    private final Ticker ticker;
    private final Mailbox mailbox;
    private final ExecutorService effects = Executors.newFixedThreadPool(EFFECT_THREADS, Threads.named("effect"));
    private final ExecutorService probes = Executors.newSingleThreadExecutor(Threads.named("probe"));
    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(Threads.named("deadline"));

    public Actuator(
            String service,
            ContainerRuntime runtime,
            HealthProbe probe,
            Duration probeTimeout,
            Duration callTimeout,
            Ticker ticker,
            Mailbox mailbox) {
        this.service = service;
        this.runtime = runtime;
        this.probe = probe;
        this.probeTimeout = probeTimeout;
        this.callTimeout = callTimeout;
        this.ticker = ticker;
        this.mailbox = mailbox;
    }

    @Override
    public void perform(Action action) {
        if (action instanceof Action.Probe check) {
            probes.execute(() -> probe(check));
        } else if (action instanceof Action.Start start) {
            call(callTimeout, () -> start(start), reason -> new Fact.StartFailed(start.id(), reason));
        } else if (action instanceof Action.Stop stop) {
            Duration limit = callTimeout.plus(stop.grace());
            call(limit, () -> stop(stop), reason -> new Fact.StopFailed(stop.id(), reason));
        } else if (action instanceof Action.Survey) {
            call(callTimeout, this::survey, Fact.SurveyFailed::new);
        } else {
            throw new AssertionError("unknown action: " + action);
        }
    }

    private Fact start(Action.Start action) throws RuntimeFailure, InterruptedException {
        Endpoint endpoint = runtime.start(action.id(), action.spec());
        return new Fact.Started(action.id(), Objects.requireNonNull(endpoint, "the runtime returned no endpoint"));
    }

    private Fact stop(Action.Stop action) throws RuntimeFailure, InterruptedException {
        String output = action.wantsOutput() ? runtime.lastOutput(action.id()) : "";
        runtime.stop(action.id(), action.grace());
        return new Fact.Stopped(action.id(), output);
    }

    private Fact survey() throws RuntimeFailure, InterruptedException {
        long asked = ticker.nanos();
        List<Sighting> sightings = runtime.list(service);
        return new Fact.Surveyed(sightings, asked);
    }

    private void call(Duration limit, RuntimeCall.Body body, RuntimeCall.Excuse excuse) {
        RuntimeCall call = new RuntimeCall(limit, body, excuse, mailbox::post);
        Future<?> running = effects.submit(call);
        call.expiresBy(deadlines.schedule(() -> call.expire(running), limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void probe(Action.Probe action) {
        // The probe has its own deadline; this one, a little later, is for a probe that breaks its promise.
        CompletableFuture<ProbeResult> kept = new CompletableFuture<>();
        asked(action.endpoint())
                .whenComplete((found, problem) ->
                        kept.complete(found != null ? found : ProbeResult.silent("the probe failed: " + problem)));
        CompletionStage<ProbeResult> bounded = kept.completeOnTimeout(
                ProbeResult.silent("no answer within " + probeTimeout.toMillis() + " ms"),
                probeTimeout.toMillis() + 100,
                TimeUnit.MILLISECONDS);
        bounded.whenComplete((found, never) -> mailbox.post(new Fact.Probed(action.id(), found)));
    }

    /** A check that posts no fact would be the last one of its replica, so nothing that a probe does gets past here. */
    private CompletionStage<ProbeResult> asked(Endpoint endpoint) {
        try {
            return Objects.requireNonNull(probe.probe(endpoint, probeTimeout), "it returned null");
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Interrupts what is under way. Replicas run on; whoever wants them gone has ordered that before. */
    @Override
    public void close() {
        effects.shutdownNow();
        probes.shutdownNow();
        deadlines.shutdownNow();
    }
}
