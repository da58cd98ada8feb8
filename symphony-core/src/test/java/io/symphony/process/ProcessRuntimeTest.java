package io.symphony.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.contract.ContainerRuntimeContract;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.process.ProcessTable.Marked;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.ContainerRuntime.Death;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRuntimeTest extends ContainerRuntimeContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReplicaId one = new ReplicaId(service(), 1);
    private final ReplicaId two = new ReplicaId(service(), 2);

    @Override
    protected ContainerRuntime newRuntime() {
        return ProcessRuntime.create();
    }

    @Override
    protected ServiceSpec wellBehaved(String service) {
        return ServiceSpec.command(service, Programs.java(Answering.class).toArray(String[]::new));
    }

    @Override
    protected ServiceSpec exitsAtOnce(String service) {
        return shell(service, "echo '" + COMPLAINT + "' >&2; exit " + EXIT_CODE);
    }

    @Override
    protected ServiceSpec ignoresTerm(String service) {
        return shell(service, "trap '' TERM; echo '" + DEAF + "'; while :; do sleep 600; done");
    }

    @Override
    protected ServiceSpec cannotStart(String service) {
        return ServiceSpec.command(service, "no-such");
    }

    @Test
    void aReplicaIsToldWhereItListensAndWhoItIs() throws Exception {
        ContainerRuntime runtime = runtime();
        Endpoint endpoint = runtime.start(
                one,
                shell("echo $PORT $SYMPHONY_SERVICE $SYMPHONY_REPLICA $SYMPHONY_ENDPOINT $COLOUR; exec sleep 600")
                        .withEnv("COLOUR", "blue")
                        .withEnv("PORT", "no match for the real one"));

        await().atMost(PATIENCE)
                .until(() -> runtime.lastOutput(one)
                        .equals(endpoint.port() + " " + service() + " " + one + " " + endpoint + " blue"));
    }

    @Test
    void portsLieOutsideTheRangeThatOutgoingConnectionsTakeTheirsFrom() throws Exception {
        assertThat(runtime().start(one, sleeping()).port()).isBetween(20_000, 29_999);
    }

    @Test
    void aBasePortThatSomebodyListensOnIsSkipped() throws Exception {
        try (ServerSocket somebody = new ServerSocket(0)) {
            ContainerRuntime runtime = closedAfterwards(ProcessRuntime.withBasePort(somebody.getLocalPort()));

            assertThat(runtime.start(one, sleeping()).port()).isGreaterThan(somebody.getLocalPort());
        }
    }

    @Test
    void aPortIsNotGivenAgainThoughItsReplicaDoesNotListenYet() throws Exception {
        int base = ThreadLocalRandom.current().nextInt(30_000, 32_000);
        ContainerRuntime runtime = closedAfterwards(ProcessRuntime.withBasePort(base));
        ContainerRuntime another = closedAfterwards(ProcessRuntime.withBasePort(base));
        Endpoint first = runtime.start(one, sleeping());
        Endpoint second = another.start(two, sleeping());

        assertThat(second.port()).isGreaterThan(first.port());

        runtime.stop(one, Duration.ZERO);
        assertThat(another.start(one, sleeping())).isEqualTo(first);
        another.stop(one, Duration.ZERO); // too young to be surely found by whoever did not start it
    }

    @Test
    void aBasePortHasToBeAPort() {
        assertThatThrownBy(() -> ProcessRuntime.withBasePort(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("basePort: 65536 (expected: 1 to 65535)");
    }

    @Test
    void aCommandThatDoesNotExistIsNamed() {
        assertThatThrownBy(() -> runtime().start(one, ServiceSpec.command(service(), "no-such", "--password=secret")))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessage(one + ": cannot run 'no-such': no such file or directory on the PATH."
                        + " Check the spelling, or give the full path.");
        assertThat(outputFiles()).isEmpty();
    }

    @Test
    void aFileThatIsNotExecutableIsNamed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("acts"), "#!/bin/sh\n");

        assertThatThrownBy(() -> runtime().start(one, ServiceSpec.command(service(), file.toString())))
                .hasMessage(one + ": cannot run '" + file + "': it is not executable. Try chmod +x.");
        assertThatThrownBy(() -> runtime().start(one, ServiceSpec.command(service(), directory.toString())))
                .hasMessageContaining("it is a directory");
    }

    @Test
    void aWholeCommandLineAsOneWordIsRecognised() {
        assertThatThrownBy(() -> runtime().start(one, ServiceSpec.command(service(), "java -version")))
                .hasMessageContaining("It has a blank in it: give program and arguments as separate words.");
    }

    @Test
    void anImageIsNotSomethingToRunAsAProcess() {
        assertThatThrownBy(() -> runtime().start(one, ServiceSpec.image(service(), "acts:1")))
                .hasMessage(one + ": is not made from a command but from acts:1."
                        + " Give a command, or choose another runtime.");
    }

    @Test
    void whatTheSystemRefusesIsToldInItsOwnWordsWithoutTheEnvironment() {
        ServiceSpec tooBig = sleeping().withEnv("TOKEN", "secret".repeat(500_000));

        assertThatThrownBy(() -> runtime().start(one, tooBig))
                .isInstanceOf(RuntimeFailure.class)
                .hasMessageContaining("Argument list too long")
                .hasMessageNotContaining("secret");
        assertThat(outputFiles()).isEmpty();
    }

    @Test
    void aClosedRuntimeStartsNothing() throws Exception {
        ContainerRuntime runtime = runtime();
        runtime.close();

        assertThatThrownBy(() -> runtime.start(one, sleeping())).hasMessageContaining("is closed");
    }

    @Test
    void itsOutputIsForTheOwnersEyesAndDeletedWithTheReplica() throws Exception {
        ContainerRuntime runtime = runtime();
        runtime.start(one, sleeping());
        assertThat(outputFiles())
                .singleElement()
                .satisfies(file -> assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));

        runtime.stop(one, Duration.ZERO);

        assertThat(outputFiles()).isEmpty();
    }

    @Test
    void orphansOfAReplicaAreStoppedWithIt() throws Exception {
        ContainerRuntime runtime = runtime();
        runtime.start(one, shell("sh -c 'sleep 600 & sleep 600 &'; env -i sleep 600 & echo begun; wait"));
        await().atMost(PATIENCE).until(() -> runtime.lastOutput(one).equals("begun"));
        await().atMost(PATIENCE).until(() -> marked().size() == 3);

        runtime.stop(one, Duration.ofSeconds(5));

        assertThat(marked()).isEmpty();
    }

    @Test
    void descendantsAreStoppedThoughTheyHaveShedTheMark() throws Exception {
        ContainerRuntime runtime = runtime();
        runtime.start(one, shell("env -i sleep 600 & echo $!; wait"));
        await().atMost(PATIENCE).until(() -> !runtime.lastOutput(one).isEmpty());
        ProcessHandle bare =
                ProcessHandle.of(Long.parseLong(runtime.lastOutput(one))).orElseThrow();

        runtime.stop(one, Duration.ofSeconds(5));

        assertThat(new ProcessTable().isRunning(bare)).isFalse();
    }

    @Test
    void whatAReplicaLeavesBehindEndsWithItAndIsNotTakenForIt() throws Exception {
        ContainerRuntime runtime = runtime();
        Queue<Death> deaths = watch(runtime);
        runtime.start(one, shell("sleep 600 & echo gone"));

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());

        assertThat(runtime.list(service())).isEmpty();
        assertThat(deaths.element().reason())
                .isEqualTo("ended with exit code 0 (a replica has to stay in the foreground); last output:\n  gone");
        await().atMost(PATIENCE).until(() -> marked().isEmpty());
        await().atMost(PATIENCE).until(() -> outputFiles().isEmpty());
        assertThat(runtime.lastOutput(one)).isEqualTo("gone");
    }

    @Test
    void aKilledReplicaIsReportedWithTheSignal() throws Exception {
        ContainerRuntime runtime = runtime();
        Queue<Death> deaths = watch(runtime);
        runtime.start(one, sleeping());

        root(one).destroyForcibly();

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths).containsExactly(new Death(one, "killed by SIGKILL (9), exit code 137; it wrote nothing"));
    }

    @Test
    void theDeathOfAnAdoptedReplicaIsReportedToo() throws Exception {
        ContainerRuntime former = runtime();
        former.start(one, shell("echo begun; exec sleep 600"));
        former.close();
        ContainerRuntime fresh = runtime();
        fresh.list(service());
        await().atMost(PATIENCE).until(() -> fresh.lastOutput(one).equals("begun"));
        Queue<Death> deaths = watch(fresh);

        root(one).destroyForcibly();

        await().atMost(PATIENCE).until(() -> !deaths.isEmpty());
        assertThat(deaths)
                .containsExactly(new Death(
                        one,
                        "ended; its exit code is unknown, because another orchestrator started it; last output:\n"
                                + "  begun"));
        await().atMost(PATIENCE).until(() -> outputFiles().isEmpty());
    }

    @Test
    void aListenerThatThrowsDisturbsNobody() throws Exception {
        ContainerRuntime runtime = runtime();
        runtime.watch(service(), death -> {
            throw new IllegalStateException("the listener's own fault");
        });
        Queue<Death> deaths = watch(runtime);
        runtime.start(one, exitsAtOnce(service()));
        runtime.start(two, exitsAtOnce(service()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deaths).extracting(Death::id).contains(one, two));
    }

    @Test
    void fiftyRoundsLeaveNoThreadFileOrProcess() throws Exception {
        ContainerRuntime runtime = runtime();
        round(runtime, 1);
        long threads = threads();
        long openFiles = openFiles();

        for (int number = 2; number <= 51; number++) {
            round(runtime, number);
        }

        // A leak would show fifty times; a few come and go with other things in this JVM.
        assertThat(threads()).isLessThan(threads + 10);
        assertThat(openFiles()).isLessThan(openFiles + 10);
        assertThat(marked()).isEmpty();
        assertThat(outputFiles()).isEmpty();
    }

    private void round(ContainerRuntime runtime, int number) throws Exception {
        runtime.start(new ReplicaId(service(), number), sleeping());
        runtime.stop(new ReplicaId(service(), number), Duration.ofSeconds(5));
    }

    private ServiceSpec sleeping() {
        return ServiceSpec.command(service(), "sleep", "600");
    }

    private ServiceSpec shell(String script) {
        return shell(service(), script);
    }

    private static ServiceSpec shell(String service, String script) {
        return ServiceSpec.command(service, "sh", "-c", script);
    }

    private Queue<Death> watch(ContainerRuntime runtime) throws RuntimeFailure {
        Queue<Death> deaths = new ConcurrentLinkedQueue<>();
        runtime.watch(service(), deaths::add);
        return deaths;
    }

    private List<Marked> marked() throws RuntimeFailure {
        ProcessTable table = new ProcessTable();
        return table.marked().stream()
                .filter(each -> each.mark().id().service().equals(service()))
                .filter(each -> table.isRunning(each.process()))
                .toList();
    }

    private ProcessHandle root(ReplicaId id) throws RuntimeFailure {
        return marked().stream()
                .filter(each -> each.mark().id().equals(id))
                .map(Marked::process)
                .findFirst()
                .orElseThrow();
    }

    private List<Path> outputFiles() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("symphony-" + service()))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Without those that the JDK keeps for a while to wait for the next process. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper"))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
                .count();
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
