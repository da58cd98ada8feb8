package io.symphony.docker;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that talk to the daemon, so that a hung one costs a caller no more than a deadline: no timeout of the HTTP
 * client works on a Unix socket, but an interrupt does.
 */
final class Calls implements AutoCloseable {

    /** As many calls at once, and so as many connections. */
    static final int MOST = 32;

    private static final int MOST_WAITING = 1_000;
    private static final long IDLE_SECONDS = 30;

    private final ThreadPoolExecutor threads;

    Calls() {
        AtomicInteger next = new AtomicInteger(1);
        threads = new ThreadPoolExecutor(
                MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "symphony-docker-call-" + next.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Waits for the call, at most for the limit. Whatever ends the wait also interrupts the call. */
    <T> T within(Duration limit, Callable<T> call) throws ExecutionException, TimeoutException, InterruptedException {
        Future<T> running = submit(call);
        try {
            return running.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            running.cancel(true);
        }
    }

    private <T> Future<T> submit(Callable<T> call) throws ExecutionException {
        try {
            return threads.submit(call);
        } catch (RejectedExecutionException e) {
            throw new ExecutionException(
                    threads.isShutdown() ? "closed" : MOST_WAITING + " calls are waiting already", e);
        }
    }

    boolean isClosed() {
        return threads.isShutdown();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
