package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.HealthProbe;
import io.symphony.spi.ProbeResult;
import io.symphony.spi.RuntimeFailure;
import io.symphony.testing.FakeRuntime;
import io.symphony.testing.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActuatorTest {

    private static final ServiceSpec SPEC = ServiceSpec.command("acts", "acts");
    private static final ReplicaId ONE = new ReplicaId("acts", 1);
    private static final Endpoint ENDPOINT = FakeRuntime.endpointOf(ONE);

    private final Mailbox mailbox = new Mailbox();
    private final ManualTicker ticker = new ManualTicker();
    private final FakeRuntime runtime = new FakeRuntime();
    private final List<Actuator> made = new ArrayList<>();
    private final CompletableFuture<Boolean> release = new CompletableFuture<>();

    @AfterEach
    void close() {
        release.complete(true);
        made.forEach(Actuator::close);
    }

    @Test
    void aStartComesBackWithTheAddress() throws Exception {
        actuator(runtime).perform(new Action.Start(ONE, SPEC));

        assertThat(arrived(1)).containsExactly(new Fact.Started(ONE, ENDPOINT));
    }

    @Test
    void aStopComesBackWithTheLastOutputIfSomebodyWantsIt() throws Exception {
        runtime.writes(ONE, "Exception in thread main");
        Actuator actuator = actuator(runtime);

        actuator.perform(new Action.Stop(ONE, Duration.ZERO, true));
        assertThat(arrived(1)).containsExactly(new Fact.Stopped(ONE, "Exception in thread main"));
        actuator.perform(new Action.Stop(ONE, Duration.ZERO, false));
        assertThat(arrived(1)).containsExactly(new Fact.Stopped(ONE, ""));
    }

    @Test
    void aSurveySaysWhenItWasAsked() throws Exception {
        runtime.plant(ONE, "v1");

        actuator(runtime).perform(new Action.Survey());

        assertThat(arrived(1))
                .containsExactly(new Fact.Surveyed(List.of(new Sighting(ONE, ENDPOINT, "v1")), ticker.nanos()));
    }

    @Test
    void whatARuntimeCannotDoComesBackAsAFact() throws Exception {
        runtime.refuseStarts("no such image");
        Actuator actuator = actuator(runtime);

        actuator.perform(new Action.Start(ONE, SPEC));

        assertThat(arrived(1)).containsExactly(new Fact.StartFailed(ONE, "acts-1: no such image"));
    }

    @Test
    void whatARuntimeDoesWrongComesBackAsAFactToo() throws Exception {
        Actuator actuator = actuator(new Broken() {
            @Override
            public Endpoint start(ReplicaId id, ServiceSpec spec) {
                throw new StackOverflowError();
            }

            @Override
            public List<Sighting> list(String service) {
                return null;
            }
        });

        actuator.perform(new Action.Start(ONE, SPEC));
        assertThat(arrived(1)).containsExactly(new Fact.StartFailed(ONE, "java.lang.StackOverflowError"));
        actuator.perform(new Action.Stop(ONE, Duration.ZERO, false));
        assertThat(arrived(1))
                .containsExactly(new Fact.StopFailed(ONE, "java.lang.UnsupportedOperationException: stop"));
        actuator.perform(new Action.Survey());
        assertThat(arrived(1)).hasOnlyElementsOfType(Fact.SurveyFailed.class);
    }

    @Test
    void aStartWithoutAnAddressIsAFailedStart() throws Exception {
        Actuator actuator = actuator(new Broken() {
            @Override
            public Endpoint start(ReplicaId id, ServiceSpec spec) {
                return null;
            }
        });

        actuator.perform(new Action.Start(ONE, SPEC));

        assertThat(arrived(1))
                .containsExactly(
                        new Fact.StartFailed(ONE, "java.lang.NullPointerException: the runtime returned no endpoint"));
    }

    @Test
    void aCallThatOverstaysIsInterruptedAndPostsOneFactOnly() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Actuator actuator = actuator(
                new Broken() {
                    @Override
                    public Endpoint start(ReplicaId id, ServiceSpec spec) throws InterruptedException {
                        try {
                            new CountDownLatch(1).await();
                            return ENDPOINT;
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                            throw e;
                        }
                    }
                },
                HealthProbe.none(),
                Duration.ofMillis(100));

        actuator.perform(new Action.Start(ONE, SPEC));

        assertThat(arrived(1)).containsExactly(new Fact.StartFailed(ONE, "no answer from the runtime within 0.1 s"));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertNothingMoreArrives(actuator);
    }

    @Test
    void aCallThatIgnoresTheInterruptPostsOneFactOnly() throws Exception {
        Actuator actuator = actuator(new Stubborn(), HealthProbe.none(), Duration.ofMillis(100));

        actuator.perform(new Action.Start(ONE, SPEC));
        assertThat(arrived(1)).hasOnlyElementsOfType(Fact.StartFailed.class);
        release.complete(true);

        assertNothingMoreArrives(actuator);
    }

    @Test
    void aCallThatNobodyHadTimeForSaysSo() throws Exception {
        Actuator actuator = actuator(new Stubborn(), HealthProbe.none(), Duration.ofMillis(100));

        for (int number = 1; number <= 17; number++) { // one more than there are threads
            actuator.perform(new Action.Start(new ReplicaId("acts", number), SPEC));
        }

        assertThat(arrived(17))
                .anySatisfy(fact -> assertThat(((Fact.StartFailed) fact).reason())
                        .isEqualTo("the runtime was too busy to begin within 0.1 s"));
    }

    @Test
    void aProbeComesBackWithWhatItFound() throws Exception {
        ProbeResult unwell = ProbeResult.unwell("status 503");
        Actuator actuator = actuator((endpoint, timeout) -> CompletableFuture.completedStage(unwell));

        actuator.perform(new Action.Probe(ONE, ENDPOINT));

        assertThat(arrived(1)).containsExactly(new Fact.Probed(ONE, unwell));
    }

    @Test
    void aProbeThatNeverCompletesIsSilence() throws Exception {
        CompletableFuture<ProbeResult> never = new CompletableFuture<>();
        Actuator actuator = actuator((endpoint, timeout) -> never);

        actuator.perform(new Action.Probe(ONE, ENDPOINT));

        assertThat(arrived(1)).containsExactly(new Fact.Probed(ONE, ProbeResult.silent("no answer within 200 ms")));
        never.complete(ProbeResult.well());
        assertNothingMoreArrives(actuator);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"throws", "is in error", "returns null", "completes with null", "fails"})
    void aProbeThatDoesNotKeepItsPromiseIsSilence(String how) throws Exception {
        Actuator actuator = actuator((endpoint, timeout) -> {
            switch (how) {
                case "throws":
                    throw new IllegalStateException("no client");
                case "is in error":
                    throw new NoClassDefFoundError("client");
                case "returns null":
                    return null;
                case "completes with null":
                    return CompletableFuture.completedStage(null);
                default:
                    return CompletableFuture.failedStage(new IllegalStateException("no client"));
            }
        });

        actuator.perform(new Action.Probe(ONE, ENDPOINT));

        assertThat(arrived(1)).singleElement().isInstanceOfSatisfying(Fact.Probed.class, fact -> {
            assertThat(fact.result().verdict()).isEqualTo(ProbeResult.Verdict.SILENT);
            assertThat(fact.result().detail()).startsWith("the probe failed: ");
        });
    }

    @Test
    void aHundredProbesDoNotWaitBehindStartsThatHang() throws Exception {
        runtime.holdStarts();
        Actuator actuator = actuator(runtime);
        for (int number = 1; number <= 40; number++) {
            actuator.perform(new Action.Start(new ReplicaId("acts", number), SPEC));
        }

        for (int number = 1; number <= 100; number++) {
            actuator.perform(new Action.Probe(new ReplicaId("acts", number), ENDPOINT));
        }

        assertThat(arrived(100)).hasOnlyElementsOfType(Fact.Probed.class);
        runtime.releaseStarts();
        assertThat(arrived(40)).hasOnlyElementsOfType(Fact.Started.class);
    }

    private Actuator actuator(ContainerRuntime other) {
        return actuator(other, HealthProbe.none(), Duration.ofMinutes(1));
    }

    private Actuator actuator(HealthProbe probe) {
        return actuator(runtime, probe, Duration.ofMinutes(1));
    }

    private Actuator actuator(ContainerRuntime other, HealthProbe probe, Duration callTimeout) {
        Actuator actuator = new Actuator("acts", other, probe, Duration.ofMillis(200), callTimeout, ticker, mailbox);
        made.add(actuator);
        return actuator;
    }

    private List<Fact> arrived(int count) {
        List<Fact> facts = new ArrayList<>();
        await().until(() -> {
            mailbox.await(facts, 0);
            return facts.size() >= count;
        });
        assertThat(facts).hasSize(count);
        return facts;
    }

    /** What is posted by a thread that has ended is posted. */
    private void assertNothingMoreArrives(Actuator actuator) throws InterruptedException {
        actuator.close();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("symphony-effect")));
        List<Fact> facts = new ArrayList<>();
        mailbox.await(facts, 0);
        assertThat(facts).isEmpty();
    }

    /** A runtime that is deaf to interrupts, until it is released. */
    private final class Stubborn extends Broken {
        @Override
        public Endpoint start(ReplicaId id, ServiceSpec spec) {
            release.join();
            return ENDPOINT;
        }
    }

    /** A runtime that can do nothing. */
    private static class Broken implements ContainerRuntime {
        @Override
        public Endpoint start(ReplicaId id, ServiceSpec spec) throws RuntimeFailure, InterruptedException {
            throw new UnsupportedOperationException("start");
        }

        @Override
        public void stop(ReplicaId id, Duration grace) {
            throw new UnsupportedOperationException("stop");
        }

        @Override
        public List<Sighting> list(String service) {
            throw new UnsupportedOperationException("list");
        }

        @Override
        public Watch watch(String service, Consumer<Death> listener) {
            throw new UnsupportedOperationException("watch");
        }

        @Override
        public String lastOutput(ReplicaId id) {
            return "";
        }

        @Override
        public void close() {}
    }
}
