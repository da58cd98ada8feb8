package io.symphony.examples.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run of load, under way or ended.
 *
 * <pre>{@code
 * try (LoadRun run = LoadRun.start(plan)) {
 *     while (!run.endsWithin(Duration.ofSeconds(1))) {
 *         System.out.println(run.progress());
 *     }
 *     System.out.println(run.result().perSecond());
 * }
 * }</pre>
 */
public final class LoadRun implements AutoCloseable {
    private static final long STOP_SECONDS = 2;

    private final long startNanos = System.nanoTime();
    private final List<LoadLoop> loops = new ArrayList<>();
    private final CountDownLatch running;
    private final Tickets tickets;

    private LoadRun(LoadPlan plan) throws IOException {
        running = new CountDownLatch(plan.threads());
        tickets = new Tickets(plan.schedule(), startNanos, plan.length().toNanos());
        for (int i = 0; i < plan.threads(); i++) {
            int share = plan.connections() / plan.threads() + (i < plan.connections() % plan.threads() ? 1 : 0);
            loops.add(new LoadLoop(plan, share, tickets));
        }
    }

    public static LoadRun start(LoadPlan plan) throws IOException {
        LoadRun run = new LoadRun(plan);
        for (LoadLoop loop : run.loops) {
            Thread thread = new Thread(() -> run.turn(loop), "load-" + run.loops.indexOf(loop));
            thread.setDaemon(true);
            thread.start();
        }
        return run;
    }

    /** Waits; true once the run has ended. */
    public boolean endsWithin(Duration patience) throws InterruptedException {
        return running.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the run now if it has not ended; what was measured stays. */
    @Override
    public void close() {
        loops.forEach(LoadLoop::stop);
        try {
            running.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public Progress progress() {
        long succeeded =
                loops.stream().mapToLong(loop -> loop.tally().succeeded()).sum();
        long failed = loops.stream().mapToLong(loop -> loop.tally().failed()).sum();
        return new Progress(succeeded, failed, Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /** What was measured. The run must have ended or been closed. */
    public LoadResult result() {
        long end = loops.stream()
                .mapToLong(loop -> loop.endNanos() - startNanos)
                .max()
                .orElseThrow();
        LoadResult.Sum sum = new LoadResult.Sum();
        loops.forEach(loop -> loop.tally().addTo(sum));
        LoadResult result = sum.result(Duration.ofNanos(end), 0);
        return sum.result(result.elapsed(), tickets.unsent(result.total(), startNanos + end));
    }

    private void turn(LoadLoop loop) {
        try {
            loop.run();
        } finally {
            running.countDown();
        }
    }

    /** How far a run has come. */
    public record Progress(long succeeded, long failed, Duration elapsed) {
        public long total() {
            return succeeded + failed;
        }
    }
}
