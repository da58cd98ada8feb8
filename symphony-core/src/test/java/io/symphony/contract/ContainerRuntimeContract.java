package io.symphony.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.ContainerRuntime.Death;
import io.symphony.spi.ContainerRuntime.Sighting;
import io.symphony.spi.ContainerRuntime.Watch;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every runtime promises, as tests. A runtime passes when a subclass that says how to make one, and how to make
 * four sorts of services with it, is green. Each test has services with names of its own, so that several builds on
 * one machine do not meet.
 */
public abstract class ContainerRuntimeContract {

    /** What {@link #exitsAtOnce} writes, and its exit code. */
    protected static final String COMPLAINT = "cannot go on without a database";

    protected static final int EXIT_CODE = 3;

    /** What {@link #ignoresTerm} writes once it does. */
    protected static final String DEAF = "deaf from now on";

    private final String service = "contract-" + UUID.randomUUID();
    private final ReplicaId one = new ReplicaId(service, 1);
    private final ReplicaId two = new ReplicaId(service, 2);
    private final Queue<ContainerRuntime> opened = new ConcurrentLinkedQueue<>();
    private final Set<String> services = new HashSet<>(Set.of(service));

    /** A new object, which must see what others of its kind have started. The contract closes it. */
    protected abstract ContainerRuntime newRuntime() throws Exception;

    /** Answers HTTP requests at its endpoint, with any status, and ends on TERM. */
    protected abstract ServiceSpec wellBehaved(String service);

    /** Writes {@link #COMPLAINT} and exits with {@link #EXIT_CODE}. */
    protected abstract ServiceSpec exitsAtOnce(String service);

    /** Ignores TERM, and then writes {@link #DEAF}. */
    protected abstract ServiceSpec ignoresTerm(String service);

    /** Something that cannot be started at all: a command or an image that does not exist. */
    protected abstract ServiceSpec cannotStart(String service);

    /** How long anything may take that has no time of its own. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        try (ContainerRuntime broom = newRuntime()) {
            for (String each : services) {
                for (Sighting left : broom.list(each)) {
                    broom.stop(left.id(), Duration.ZERO);
                }
                assertThat(broom.list(each)).isEmpty();
            }
        }
        opened.forEach(ContainerRuntime::close);
    }

    @Test
    void startReturnsAnEndpointThatAnswers() throws Exception {
        Endpoint endpoint = runtime().start(one, wellBehaved(service));

        awaitAnswer(endpoint);
    }

    @Test
    void startingTwiceIsTheSameReplica() throws Exception {
        ContainerRuntime runtime = runtime();
        Endpoint first = runtime.start(one, ignoresTerm(service));

        assertThat(runtime.start(one, ignoresTerm(service))).isEqualTo(first);
        assertThat(runtime.list(service)).hasSize(1);
    }

    @Test
    void replicasStartedAtOnceHaveDifferentEndpoints() throws Exception {
        ContainerRuntime runtime = runtime();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Endpoint>> starts = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            ReplicaId id = new ReplicaId(service, number);
            starts.add(threads.submit(() -> runtime.start(id, ignoresTerm(service))));
        }
        threads.shutdown();

        Set<Endpoint> endpoints = new HashSet<>();
        for (Future<Endpoint> start : starts) {
            endpoints.add(start.get());
        }
        assertThat(endpoints).hasSize(4);
    }

    @Test
    void aStoppedReplicaAnswersNoMoreAndStoppingAgainDoesNothing() throws Exception {
        ContainerRuntime runtime = runtime();
        Endpoint endpoint = runtime.start(one, wellBehaved(service));
        awaitAnswer(endpoint);

        runtime.stop(one, patience());
        assertThatThrownBy(() -> status(endpoint)).isInstanceOf(IOException.class);

        runtime.stop(one, patience());
    }

    @Test
    void stoppingAnUnknownReplicaDoesNothing() throws Exception {
        runtime().stop(one, patience());
    }

    @Test
    void stopInsistsOnceTheGraceIsOver() throws Exception {
        ContainerRuntime runtime = runtime();
        startDeaf(runtime);
        long before = System.nanoTime();

        runtime.stop(one, Duration.ofMillis(400));

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(400));
        assertThat(runtime.list(service)).isEmpty();
    }

    @Test
    void listSeesWhatRunsAndNotWhatWasStopped() throws Exception {
        ContainerRuntime runtime = runtime();
        Endpoint first = runtime.start(one, ignoresTerm(service));
        Endpoint second = runtime.start(two, ignoresTerm(service));
        String version = ignoresTerm(service).version();
        assertThat(runtime.list(service))
                .containsExactlyInAnyOrder(new Sighting(one, first, version), new Sighting(two, second, version));

        runtime.stop(one, Duration.ZERO);

        assertThat(runtime.list(service)).containsExactly(new Sighting(two, second, version));
    }

    @Test
    void listKeepsServicesApart() throws Exception {
        String other = service + "-1";
        services.add(other);
        ContainerRuntime runtime = runtime();
        runtime.start(one, ignoresTerm(service));
        runtime.start(new ReplicaId(other, 1), ignoresTerm(other));

        assertThat(runtime.list(service)).extracting(Sighting::id).containsExactly(one);
    }

    @Test
    void theVersionOfAReplicaIsThatOfItsSpecification() throws Exception {
        ServiceSpec older = ignoresTerm(service);
        ServiceSpec newer = older.withEnv("COLOUR", "blue");
        ContainerRuntime runtime = runtime();
        runtime.start(one, older);
        runtime.start(two, newer);

        assertThat(runtime().list(service))
                .extracting(Sighting::version)
                .containsExactlyInAnyOrder(older.version(), newer.version());
    }

    @Test
    void aFreshRuntimeListsAndStopsWhatAFormerOneStarted() throws Exception {
        Endpoint endpoint = runtime().start(one, ignoresTerm(service));

        ContainerRuntime fresh = runtime();
        assertThat(fresh.list(service))
                .containsExactly(
                        new Sighting(one, endpoint, ignoresTerm(service).version()));
        fresh.stop(one, Duration.ZERO);

        assertThat(fresh.list(service)).isEmpty();
    }

    @Test
    void aFreshRuntimeDoesNotStartWhatRunsAlready() throws Exception {
        Endpoint endpoint = runtime().start(one, ignoresTerm(service));

        ContainerRuntime fresh = runtime();
        assertThat(fresh.start(one, ignoresTerm(service))).isEqualTo(endpoint);
        assertThat(fresh.list(service)).hasSize(1);
    }

    @Test
    void closeLeavesTheReplicasRunning() throws Exception {
        ContainerRuntime runtime = runtime();
        runtime.start(one, ignoresTerm(service));

        runtime.close();

        assertThat(runtime().list(service)).extracting(Sighting::id).containsExactly(one);
    }

    @Test
    void aWatchTellsOfADeathWithExitCodeAndLastOutput() throws Exception {
        ContainerRuntime runtime = runtime();
        Queue<Death> deaths = new ConcurrentLinkedQueue<>();
        runtime.watch(service, deaths::add);
        runtime.start(one, ignoresTerm(service));
        runtime.start(two, exitsAtOnce(service));

        await().atMost(patience()).until(() -> !deaths.isEmpty());

        assertThat(deaths).extracting(Death::id).containsOnly(two);
        assertThat(deaths.element().reason()).contains("exit code " + EXIT_CODE, COMPLAINT);
        assertThat(runtime.lastOutput(two)).contains(COMPLAINT);
    }

    @Test
    void aWatchIsSilentAboutStopsOtherServicesAndAfterItsEnd() throws Exception {
        String other = service + "-1";
        services.add(other);
        ContainerRuntime runtime = runtime();
        Queue<Death> deaths = new ConcurrentLinkedQueue<>();
        Queue<Death> late = new ConcurrentLinkedQueue<>();
        runtime.watch(service, deaths::add);
        Watch ended = runtime.watch(service, late::add);
        ended.close();
        runtime.start(one, ignoresTerm(service));
        runtime.stop(one, Duration.ZERO);
        runtime.start(new ReplicaId(other, 1), exitsAtOnce(other));
        await().atMost(patience()).until(() -> runtime.list(other).isEmpty());

        // The death that is told comes after all those that must not be.
        runtime.start(two, exitsAtOnce(service));
        await().atMost(patience()).until(() -> !deaths.isEmpty());

        assertThat(deaths).extracting(Death::id).containsOnly(two);
        assertThat(late).isEmpty();
    }

    @Test
    void theLastOutputOfAnUnknownReplicaIsEmpty() throws Exception {
        assertThat(runtime().lastOutput(one)).isEmpty();
    }

    @Test
    void anInterruptEndsAStopThatWaits() throws Exception {
        ContainerRuntime runtime = runtime();
        startDeaf(runtime);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread stopping = new Thread(() -> {
            try {
                runtime.stop(one, Duration.ofMinutes(10));
            } catch (RuntimeFailure | InterruptedException e) {
                outcome.set(e);
            }
        });
        stopping.start();
        await().atMost(patience())
                .until(() -> stopping.getState() != Thread.State.NEW && stopping.getState() != Thread.State.RUNNABLE);

        stopping.interrupt();

        stopping.join(patience().toMillis());
        assertThat(stopping.isAlive()).isFalse();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        assertThat(runtime.list(service)).extracting(Sighting::id).containsExactly(one);
    }

    @Test
    void aStartThatFailsSaysWhoseAndLeavesNothingBehind() throws Exception {
        ContainerRuntime runtime = runtime();

        assertThatThrownBy(() -> runtime.start(one, cannotStart(service)))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageStartingWith(one + ": ");

        assertThat(runtime.list(service)).isEmpty();
        runtime.start(one, ignoresTerm(service));
        assertThat(runtime.list(service)).hasSize(1);
    }

    /** A name that nobody else has, for a subclass's own tests; what runs under it is cleared away afterwards. */
    protected final String service() {
        return service;
    }

    /** A new runtime that is closed after the test. */
    protected final ContainerRuntime runtime() throws Exception {
        return closedAfterwards(newRuntime());
    }

    /** Sees to it that a subclass's own runtime is closed after the test. */
    protected final <T extends ContainerRuntime> T closedAfterwards(T runtime) {
        opened.add(runtime);
        return runtime;
    }

    private void startDeaf(ContainerRuntime runtime) throws Exception {
        runtime.start(one, ignoresTerm(service));
        await().atMost(patience()).until(() -> runtime.lastOutput(one).contains(DEAF));
    }

    private void awaitAnswer(Endpoint endpoint) {
        await().atMost(patience()).ignoreExceptions().until(() -> status(endpoint) > 0);
    }

    private int status(Endpoint endpoint) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + endpoint + "/").toURL().openConnection();
        connection.setConnectTimeout((int) patience().toMillis());
        connection.setReadTimeout((int) patience().toMillis());
        return connection.getResponseCode();
    }
}
