package io.symphony.docker;

import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.ContainerRuntime.Death;
import io.symphony.spi.ContainerRuntime.Watch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which containers of ours have ended without our order, each told once. Two ways lead here: the daemon's events, and
 * a look at what runs, for what events did not tell.
 */
final class Deaths implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deaths.class);
    private static final Set<String> KILL = Set.of("9", "KILL", "SIGKILL");
    private static final String KILLED = "137";
    private static final int REPORTERS = 4;
    private static final int MOST_WAITING = 10_000;
    private static final long IDLE_SECONDS = 30;

    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, ReplicaId> running = new ConcurrentHashMap<>();
    private final Recent<String> ordered = new Recent<>();
    private final Recent<String> told = new Recent<>();
    private final Recent<String> starved = new Recent<>();
    private final Containers containers;
    private final Obituary obituary;
    private final Strangers strangers;
    private final ExecutorService reporters;

    Deaths(Containers containers, Obituary obituary, Strangers strangers) {
        this.containers = containers;
        this.strangers = strangers;
        this.obituary = obituary;
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                REPORTERS,
                REPORTERS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Deaths::thread,
                new ThreadPoolExecutor.DiscardPolicy()); // a report is a hint, and after close nobody wants one
        threads.allowCoreThreadTimeOut(true);
        reporters = threads;
    }

    Watch watch(String service, Consumer<Death> listener) {
        Listening listening = new Listening(service, listener);
        listeners.add(listening);
        return () -> listeners.remove(listening);
    }

    /** This container's end is no news from now on. */
    void ordered(String container) {
        ordered.add(container);
        running.remove(container);
    }

    /** This container has been started. */
    void runs(String container, ReplicaId id) {
        running.put(container, id);
    }

    /**
     * Takes an event, quickly, because the next one waits for that. Neither a pause nor a failed check of the image's
     * own is a death: {@code docker commit} pauses for moments, and our health checks decide who is well.
     */
    void happened(Event event) {
        EventActor actor = event.getActor();
        String action = String.valueOf(event.getAction());
        if (actor == null || actor.getId() == null || actor.getAttributes() == null) {
            return;
        }
        Optional<ReplicaId> id = Labels.replica(actor.getAttributes()).or(() -> strangers.replica(actor.getId()));
        if (id.isEmpty()) {
            return;
        }
        switch (action) {
            case "start" -> begins(actor.getId(), id.get());
            case "die" ->
                ends(
                        actor.getId(),
                        id.get(),
                        Optional.ofNullable(actor.getAttributes().get("exitCode")));
            case "destroy" -> ends(actor.getId(), id.get(), Optional.empty());
            case "oom" -> starved.add(actor.getId());
            case "kill" ->
                killed(
                        actor.getId(),
                        id.get(),
                        String.valueOf(actor.getAttributes().get("signal")));
            default -> LOG.info("{}: {} (container {})", id.get(), action, actor.getId());
        }
    }

    /** Looks for what events did not tell, and returns how many deaths that were. */
    int look() throws DaemonFailure, InterruptedException {
        Map<String, ReplicaId> before = Map.copyOf(running);
        Set<String> now = Stream.concat(containers.all().stream(), strangers.running().stream())
                .filter(Found::running)
                .peek(each -> running.putIfAbsent(each.container(), each.id()))
                .map(Found::container)
                .collect(Collectors.toSet());
        int found = 0;
        for (Map.Entry<String, ReplicaId> each : before.entrySet()) {
            if (!now.contains(each.getKey()) && ends(each.getKey(), each.getValue(), Optional.empty())) {
                found++;
            }
        }
        return found;
    }

    @Override
    public void close() {
        listeners.clear();
        reporters.shutdownNow();
    }

    /** Nothing survives a KILL, and the end of its container follows a tenth of a second later. */
    private void killed(String container, ReplicaId id, String signal) {
        if (KILL.contains(signal)) {
            ends(container, id, Optional.of(KILLED));
        }
    }

    private void begins(String container, ReplicaId id) {
        told.remove(container);
        if (!ordered.contains(container)) {
            running.put(container, id);
        }
    }

    /** True when it is news. */
    private boolean ends(String container, ReplicaId id, Optional<String> exitCode) {
        running.remove(container);
        strangers.letGo(container);
        if (ordered.contains(container) || !told.add(container)) {
            return false;
        }
        if (listeners.stream().noneMatch(each -> each.service().equals(id.service()))) {
            return false;
        }
        Optional<Death> first = exitCode.filter(Obituary::isSignal)
                .map(code -> new Death(id, Obituary.brief(exitCode, starved.contains(container))));
        first.ifPresent(this::tell);
        reporters.execute(() ->
                report(container, new Death(id, first.map(Death::reason).orElse("")), exitCode));
        return true;
    }

    /**
     * The daemon has details only when it has cleared up after a container, a fifth of a second later. One that was
     * killed from outside was well a moment ago and has requests coming, and so it is told twice; why one has ended by
     * itself, only its last words say.
     */
    private void report(String container, Death before, Optional<String> exitCode) {
        try {
            Death death = new Death(before.id(), obituary.of(container, exitCode));
            if (!death.equals(before)) {
                tell(death);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (RuntimeException e) {
            LOG.error("{}: could not report its end", before.id(), e);
        }
    }

    private void tell(Death death) {
        for (Listening each : listeners) {
            if (each.service().equals(death.id().service())) {
                guarded(each, death);
            }
        }
    }

    private static void guarded(Listening listening, Death death) {
        try {
            listening.listener().accept(death);
        } catch (RuntimeException e) {
            LOG.error("{}: a listener failed", death.id(), e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "symphony-docker-report");
        thread.setDaemon(true);
        return thread;
    }

    private record Listening(String service, Consumer<Death> listener) {}
}
