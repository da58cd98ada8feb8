package io.symphony.process;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.process.ProcessTable.Marked;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicas as child processes of this program, on Linux and other POSIX systems. Each is told its port in the variable
 * {@code PORT} and listens there on 127.0.0.1.
 *
 * <pre>{@code
 * try (ContainerRuntime runtime = ProcessRuntime.create()) {
 *     ServiceSpec acts = ServiceSpec.command("acts", "java", "-jar", "acts.jar");
 *     Endpoint endpoint = runtime.start(new ReplicaId("acts", 1), acts);
 * }
 * }</pre>
 *
 * <p>The replicas outlive this object and the whole program. A mark in their environment ({@code SYMPHONY_SERVICE},
 * {@code SYMPHONY_REPLICA}, {@code SYMPHONY_VERSION}, {@code SYMPHONY_ENDPOINT}, {@code SYMPHONY_OUTPUT}) lets the next
 * orchestrator of the same user find them again; that needs {@code /proc}, so it works on Linux alone. A replica is
 * its first process: when that ends, its remaining children are killed, and so a command must not daemonize.
 *
 * <p>What a replica writes goes to a file in {@code java.io.tmpdir}, which is kept short and deleted at the end.
 */
public final class ProcessRuntime implements ContainerRuntime {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessRuntime.class);

    private final ProcessTable table = new ProcessTable();
    private final Family family = new Family(table);
    private final LastWords lastWords = new LastWords();
    private final Attendant attendant = new Attendant(table, family, lastWords);
    private final Launcher launcher = new Launcher();
    private final Ports ports;

    /** Held for the milliseconds of a start, so that a look at the processes does not find one half known. */
    private final ReentrantLock starting = new ReentrantLock();

    private ProcessRuntime(Ports ports) {
        this.ports = ports;
    }

    /** Gives each replica a free port, from 20000 to 29999 as long as there is one. */
    public static ProcessRuntime create() {
        return begun(new ProcessRuntime(Ports.anywhere()));
    }

    /** Gives each replica the first free port from this one on. */
    public static ProcessRuntime withBasePort(int basePort) {
        return begun(new ProcessRuntime(Ports.from(basePort)));
    }

    @Override
    public Endpoint start(ReplicaId id, ServiceSpec spec) throws RuntimeFailure, InterruptedException {
        if (attendant.isClosed()) {
            throw new RuntimeFailure(id + ": cannot be started, because this runtime is closed. Make a new one.");
        }
        starting.lockInterruptibly();
        try {
            family.find(id).ifPresent(attendant::attend);
            List<Marked> seen = table.marked();
            family.adopt(seen, id::equals);
            Optional<Child> running = family.find(id).filter(Child::isRunning);
            return (running.isPresent() ? running.get() : launch(id, spec, family.ports(seen)))
                    .mark()
                    .endpoint();
        } finally {
            starting.unlock();
        }
    }

    @Override
    public void stop(ReplicaId id, Duration grace) throws RuntimeFailure, InterruptedException {
        Takedown takedown = new Takedown(table, mark -> mark.id().equals(id));
        Optional<Child> child = family.find(id);
        child.ifPresent(Child::stopBegins);
        try {
            child.ifPresent(takedown::include);
            end(id, takedown, grace);
            child.ifPresent(family::remove);
        } finally {
            child.ifPresent(Child::stopEnds);
        }
    }

    @Override
    public List<Sighting> list(String service) throws RuntimeFailure, InterruptedException {
        starting.lockInterruptibly();
        try {
            family.adopt(table.marked(), id -> id.service().equals(service));
        } finally {
            starting.unlock();
        }
        return family.all().stream()
                .filter(child -> child.mark().id().service().equals(service) && child.isRunning())
                .map(Child::sighting)
                .sorted(Comparator.comparing(Sighting::id))
                .toList();
    }

    /** Tells of every replica that this object started or has seen in a list. */
    @Override
    public Watch watch(String service, Consumer<Death> listener) {
        return attendant.watch(service, listener);
    }

    @Override
    public String lastOutput(ReplicaId id) {
        return family.find(id)
                .map(child -> child.mark().output().lastLines())
                .filter(output -> !output.isEmpty())
                .orElseGet(() -> lastWords.of(id));
    }

    @Override
    public void close() {
        attendant.close();
        family.clear();
    }

    private Child launch(ReplicaId id, ServiceSpec spec, Set<Integer> takenPorts) throws RuntimeFailure {
        int port = ports.free(takenPorts)
                .orElseThrow(() -> new RuntimeFailure(id + ": no port is free for it (" + takenPorts.size()
                        + " are held by replicas). Stop some, or choose a lower base port."));
        Mark mark = new Mark(id, spec.version(), Endpoint.local(port), output(id));
        try {
            Process process = launcher.launch(mark, spec);
            return welcome(Child.started(mark, process), process);
        } catch (RuntimeFailure e) {
            mark.output().delete();
            throw e;
        }
    }

    private Child welcome(Child child, Process process) {
        lastWords.forget(child.mark().id());
        family.add(child);
        attendant.follow(child, process);
        LOG.debug(
                "{} runs as process {} on {}",
                child.mark().id(),
                process.pid(),
                child.mark().endpoint());
        return child;
    }

    private void end(ReplicaId id, Takedown takedown, Duration grace) throws RuntimeFailure, InterruptedException {
        if (!takedown.ask(grace) && !takedown.insist()) {
            throw new RuntimeFailure(id + ": processes " + takedown.survivors() + " do not end, not even by KILL. They"
                    + " may wait for a disk or a network file system; try 'ps -o pid,stat,wchan'.");
        }
        takedown.cleanUp();
        lastWords.forget(id);
    }

    private static Output output(ReplicaId id) throws RuntimeFailure {
        try {
            return Output.create(id);
        } catch (IOException e) {
            throw new RuntimeFailure(
                    id + ": cannot make a file for its output (" + e.getMessage()
                            + "). Is there room in java.io.tmpdir, and may we write there?",
                    e);
        }
    }

    private static ProcessRuntime begun(ProcessRuntime runtime) {
        if (!runtime.table.isAvailable()) {
            LOG.warn("There is no /proc here, so replicas that an earlier run left cannot be found and taken over.");
        }
        runtime.attendant.begin();
        return runtime;
    }
}
