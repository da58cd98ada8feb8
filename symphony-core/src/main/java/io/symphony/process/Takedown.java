package io.symphony.process;

import io.symphony.spi.RuntimeFailure;
import io.symphony.spi.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The end of everything that belongs to a replica: its process, the descendants, and whatever else bears the mark, for
 * a process whose parent has died is no descendant any more.
 */
final class Takedown {

    private static final Duration INSISTENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final long FIRST_PAUSE_MILLIS = 2;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final Ticker ticker = Ticker.system();
    private final ProcessTable table;
    private final Predicate<Mark> whose;

    /** All that was ever seen of it: who loses its parent between two looks would else be lost to us as well. */
    private final Set<ProcessHandle> members = new LinkedHashSet<>();

    private final Set<Output> outputs = new HashSet<>();

    Takedown(ProcessTable table, Predicate<Mark> whose) {
        this.table = table;
        this.whose = whose;
    }

    /** Counts a process in that is known to belong, which matters where the table cannot tell. */
    void include(Child child) {
        members.add(child.root());
        outputs.add(child.mark().output());
    }

    /** Asks with TERM and waits, at most for the grace. True when all have ended. */
    boolean ask(Duration grace) throws RuntimeFailure, InterruptedException {
        return end(ProcessHandle::destroy, grace);
    }

    /** Ends all with KILL and waits until they are gone. False when even that does not help. */
    boolean insist() throws RuntimeFailure, InterruptedException {
        return end(ProcessHandle::destroyForcibly, INSISTENCE);
    }

    /** Removes the files, also those of an earlier start. */
    void cleanUp() {
        outputs.forEach(Output::delete);
    }

    /** The pids of those that still run, for a report. */
    List<Long> survivors() {
        return members.stream().filter(table::isRunning).map(ProcessHandle::pid).toList();
    }

    /** Each is told once, and so is whoever has come into view when all the others are gone. */
    private boolean end(Consumer<ProcessHandle> signal, Duration patience) throws RuntimeFailure, InterruptedException {
        long deadline = ticker.nanos() + nanos(patience);
        Set<ProcessHandle> told = new HashSet<>();
        List<ProcessHandle> running = gather();
        while (!running.isEmpty()) {
            running.stream().filter(told::add).forEach(signal);
            if (!areGoneBy(deadline)) {
                return false;
            }
            running = gather();
        }
        return true;
    }

    private List<ProcessHandle> gather() throws RuntimeFailure {
        for (ProcessTable.Marked marked : table.marked()) {
            if (whose.test(marked.mark())) {
                members.add(marked.process());
                outputs.add(marked.mark().output());
            }
        }
        addDescendants();
        return members.stream().filter(table::isRunning).toList();
    }

    /** A look at all processes for each tree, not for each process of it. */
    private void addDescendants() throws RuntimeFailure {
        Set<ProcessHandle> covered = new HashSet<>();
        for (ProcessHandle member : List.copyOf(members)) {
            if (!covered.contains(member) && table.isRunning(member)) {
                covered.addAll(table.descendants(member));
            }
        }
        members.addAll(covered);
    }

    private boolean areGoneBy(long deadline) throws InterruptedException {
        long pauseMillis = FIRST_PAUSE_MILLIS;
        while (members.stream().anyMatch(table::isRunning)) {
            long leftMillis = Ticker.millisBetween(ticker.nanos(), deadline);
            if (leftMillis <= 0) {
                return false;
            }
            Thread.sleep(Math.min(pauseMillis, leftMillis));
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
        return true;
    }

    /** The nanoseconds of a grace; one beyond counting is as good as a year. */
    private static long nanos(Duration grace) {
        return grace.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : grace.toNanos();
    }
}
