package io.symphony.proxy.nginx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * nginx's master process, as its pid file tells of it. Its children are what serves: a reload gives it new ones, and the
 * old ones end when what is inside them has.
 */
final class NginxMaster {

    private static final long LOOK_EVERY_MILLIS = 20;

    private final Path pidFile;

    NginxMaster(Path pidFile) {
        this.pidFile = pidFile;
    }

    /** Empty where none runs, or not where we can see it. */
    Optional<ProcessHandle> process() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .filter(ProcessHandle::isAlive);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Those that serve now, under the configuration of now. */
    Generation generation() {
        return new Generation(process().map(NginxMaster::children).orElse(Set.of()));
    }

    /** Before the first start. */
    Generation nobody() {
        return new Generation(Set.of());
    }

    private static Set<ProcessHandle> children(ProcessHandle master) {
        return master.children().collect(Collectors.toUnmodifiableSet());
    }

    /** The workers of one time; none where they cannot be seen. */
    final class Generation {

        private final Set<ProcessHandle> workers;

        private Generation(Set<ProcessHandle> workers) {
            this.workers = workers;
        }

        Set<ProcessHandle> workers() {
            return workers;
        }

        boolean isSeen() {
            return !workers.isEmpty();
        }

        /** Waits until there are others: a signal to reload returns before anything has come of it. */
        void awaitSuccessors(Duration limit) throws InterruptedException {
            long end = System.nanoTime() + limit.toNanos();
            while (!succeeded()) {
                if (System.nanoTime() - end > 0) {
                    throw new NginxException("nginx has not taken the new upstreams within " + limit.toSeconds()
                            + " s of its reload, and goes on with the old ones. Its error log says why.");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        }

        private boolean succeeded() {
            return process().map(NginxMaster::children).orElse(Set.of()).stream()
                    .anyMatch(child -> !workers.contains(child));
        }

        /** Completes when all of them have ended; never, where they cannot be seen. */
        CompletionStage<Void> ended() {
            return isSeen()
                    ? CompletableFuture.allOf(
                            workers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    : new CompletableFuture<>();
        }

        void kill() {
            workers.forEach(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public String toString() {
        return pidFile.toString();
    }
}
