package io.symphony.process;

import io.symphony.spi.ContainerRuntime.Death;
import io.symphony.spi.ContainerRuntime.Watch;
import io.symphony.spi.RuntimeFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that looks after all replicas: it tells of deaths, clears what the dead leave, bounds the output. */
final class Attendant implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Attendant.class);

    /** Our own children's ends are told to us; those of adopted ones have to be looked for. */
    private static final long LOOK_MILLIS = 100;

    private static final long BOUND_MILLIS = 1_000;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Attendant::thread);
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private final ProcessTable table;
    private final Family family;
    private final LastWords lastWords;

    Attendant(ProcessTable table, Family family, LastWords lastWords) {
        this.table = table;
        this.family = family;
        this.lastWords = lastWords;
    }

    void begin() {
        every(LOOK_MILLIS, this::attend);
        every(BOUND_MILLIS, child -> child.mark().output().bound());
    }

    /** Attends to our own child the moment it ends. */
    @SuppressWarnings("FutureReturnValueIgnored") // a guarded task throws nothing into its future
    void follow(Child child, Process process) {
        process.onExit().thenRunAsync(() -> guarded(() -> attend(child)), thread);
    }

    Watch watch(String service, Consumer<Death> listener) {
        Listening listening = new Listening(service, listener);
        listeners.add(listening);
        return () -> listeners.remove(listening);
    }

    boolean isClosed() {
        return thread.isShutdown();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        listeners.clear();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a guarded task throws nothing into its future
    private void every(long millis, Consumer<Child> care) {
        thread.scheduleWithFixedDelay(
                () -> family.all().forEach(child -> guarded(() -> care.accept(child))),
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** Buries a child that has ended by itself; else does nothing. Telling comes first, and for all who just died. */
    void attend(Child child) {
        boolean known = family.find(child.mark().id()).filter(child::equals).isPresent();
        if (known && !child.isRunning() && !child.isBeingStopped() && child.endsOnce()) {
            report(child);
            thread.execute(() -> guarded(() -> clear(child)));
        }
    }

    private void report(Child child) {
        if (!child.isEndOrdered()) {
            String output = child.mark().output().lastLines();
            lastWords.keep(child.mark().id(), output);
            tell(new Death(child.mark().id(), child.obituary(output)));
        }
    }

    private void tell(Death death) {
        listeners.stream()
                .filter(each -> each.service().equals(death.id().service()))
                .forEach(each -> guarded(() -> each.listener().accept(death)));
    }

    /** A replica is its root process, as in a container: what that one leaves behind ends with it. */
    private void clear(Child child) {
        Takedown takedown = new Takedown(table, child.mark()::equals);
        takedown.include(child);
        try {
            takedown.insist();
        } catch (RuntimeFailure e) {
            LOG.warn("{}: what it left behind may still run: {}", child.mark().id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            takedown.cleanUp();
            family.remove(child);
        }
    }

    /** One that throws must not end the care for the others. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("could not attend to a replica", e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "symphony-processes");
        thread.setDaemon(true);
        return thread;
    }

    private record Listening(String service, Consumer<Death> listener) {}
}
