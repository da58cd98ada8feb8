package io.symphony.process;

import io.symphony.spi.ContainerRuntime.Sighting;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A replica that we know of: one that we started, or one that we found running and took over. */
final class Child {

    private final Mark mark;
    private final ProcessHandle root;
    private final BooleanSupplier running;
    private final Supplier<String> ending;

    /** How many calls are stopping it right now; they clear it away themselves. */
    private final AtomicInteger stops = new AtomicInteger();

    /** Whether its end was ever ordered, so that it is no news. */
    private volatile boolean ordered;

    private final AtomicBoolean attended = new AtomicBoolean();

    private Child(Mark mark, ProcessHandle root, BooleanSupplier running, Supplier<String> ending) {
        this.mark = mark;
        this.root = root;
        this.running = running;
        this.ending = ending;
    }

    /** Runs until its exit code is known. */
    static Child started(Mark mark, Process process) {
        return new Child(mark, process.toHandle(), process::isAlive, () -> Ending.of(process.exitValue()));
    }

    static Child adopted(Mark mark, ProcessHandle root, ProcessTable table) {
        return new Child(mark, root, () -> table.isRunning(root), Ending::ofAdopted);
    }

    Mark mark() {
        return mark;
    }

    ProcessHandle root() {
        return root;
    }

    boolean isRunning() {
        return running.getAsBoolean();
    }

    Sighting sighting() {
        return new Sighting(mark.id(), mark.endpoint(), mark.version());
    }

    /** Why it is no more, for a report; only once it does not run. */
    String obituary(String lastOutput) {
        String output = lastOutput.isEmpty() ? "; it wrote nothing" : "; last output:\n" + lastOutput.indent(2);
        return (ending.get() + output).stripTrailing();
    }

    void stopBegins() {
        ordered = true;
        stops.incrementAndGet();
    }

    void stopEnds() {
        stops.decrementAndGet();
    }

    boolean isBeingStopped() {
        return stops.get() > 0;
    }

    boolean isEndOrdered() {
        return ordered;
    }

    /** True for the first to ask: two ways lead to its end, a message and a look. */
    boolean endsOnce() {
        return attended.compareAndSet(false, true);
    }
}
