package io.symphony.process;

import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The processes of this machine that bear a mark of ours, as the kernel shows them under {@code /proc}. */
final class ProcessTable {

    private static final Path PROC = Path.of("/proc");
    private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long EXEC_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Ticker ticker = Ticker.system();
    private final Optional<String> owner = status(ProcessHandle.current(), "Uid:");

    /** Keyed by pid and start time, as handles compare, so that a pid that is given again is looked at again. */
    private final Map<ProcessHandle, Look> looks = new ConcurrentHashMap<>();

    /** Whether processes that we did not start ourselves can be found here: on Linux, not elsewhere. */
    boolean isAvailable() {
        return owner.isPresent();
    }

    /** All marked processes of our own user, in no order. Some may have ended meanwhile. */
    List<Marked> marked() throws RuntimeFailure {
        if (!isAvailable()) {
            return List.of();
        }
        List<ProcessHandle> all = look(ProcessHandle::allProcesses);
        looks.keySet().retainAll(Set.copyOf(all));
        return all.stream()
                .filter(process -> !process.equals(ProcessHandle.current()))
                .flatMap(process -> mark(process).map(mark -> new Marked(process, mark)).stream())
                .toList();
    }

    /** The children of a process, and theirs. */
    List<ProcessHandle> descendants(ProcessHandle process) throws RuntimeFailure {
        return look(process::descendants);
    }

    /**
     * Whether a process runs. A zombie does not: where nobody reaps the orphans, it would last for ever. One that is
     * there but cannot be looked at, because we have no file descriptor left, does.
     */
    boolean isRunning(ProcessHandle process) {
        Optional<String> state = status(process, "State:");
        return process.isAlive()
                ? state.filter(letter -> letter.startsWith("Z")).isEmpty()
                : state.isEmpty() && Files.exists(file(process, "status"));
    }

    /** The JDK throws bare runtime exceptions when it cannot read the list of processes. */
    private static List<ProcessHandle> look(Supplier<Stream<ProcessHandle>> processes) throws RuntimeFailure {
        try {
            return processes.get().toList();
        } catch (RuntimeException e) {
            throw new RuntimeFailure(
                    "cannot look at the processes of this machine: " + e.getMessage()
                            + ". See the limit of open files with 'ulimit -n'.",
                    e);
        }
    }

    private Optional<Mark> mark(ProcessHandle process) {
        long now = ticker.nanos();
        Look known = looks.get(process);
        if (known != null && now - known.firstNanos() > SETTLED_NANOS) {
            return known.mark();
        }
        try {
            Look look = new Look(known == null ? now : known.firstNanos(), read(process));
            looks.put(process, look);
            return look.mark();
        } catch (IOException e) {
            return Optional.empty(); // it has just ended, or we could not look; the next time may show
        }
    }

    /**
     * Only processes that are ours in every sense count, or somebody else's could pose as a replica: root can read all
     * environments, and a program that runs as root for another user has the environment that the user gave it.
     */
    private Optional<Mark> read(ProcessHandle process) throws IOException {
        try {
            Optional<Mark> mark = Mark.readFrom(environment(process));
            return mark.isPresent() && owner.equals(find(process, "Uid:")) ? mark : Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.empty();
        }
    }

    /**
     * In the middle of an {@code exec} the kernel shows nothing or one zero, for microseconds or, on a busy machine, as
     * long as the process waits for a processor. A replica that has just been started must not be missed for that.
     */
    private byte[] environment(ProcessHandle process) throws IOException {
        byte[] seen = Files.readAllBytes(file(process, "environ"));
        long began = ticker.nanos();
        while (seen.length <= 1 && hasProgram(process) && ticker.nanos() - began < EXEC_NANOS) {
            LockSupport.parkNanos(PAUSE_NANOS);
            seen = Files.readAllBytes(file(process, "environ"));
        }
        return seen;
    }

    /** The kernel's own threads have none. */
    private static boolean hasProgram(ProcessHandle process) {
        return process.info().command().isPresent();
    }

    private static Optional<String> status(ProcessHandle process, String key) {
        try {
            return find(process, key);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> find(ProcessHandle process, String key) throws IOException {
        return Files.readString(file(process, "status"), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst();
    }

    private static Path file(ProcessHandle process, String name) {
        return PROC.resolve(Long.toString(process.pid())).resolve(name);
    }

    /** A process and the mark that it bears. */
    record Marked(ProcessHandle process, Mark mark) {}

    /**
     * What we saw in a process, and when first. A process takes its final environment a moment after its birth, with
     * {@code exec}; later nothing changes and there is no need to look again.
     */
    private record Look(long firstNanos, Optional<Mark> mark) {}
}
