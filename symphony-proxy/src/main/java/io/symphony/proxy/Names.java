package io.symphony.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Looks names up on threads of its own, because a lookup blocks and an event loop must not. An address is no name: it
 * is known at once. There is at most one lookup of a name at a time, and its answer is good for a few seconds.
 */
final class Names implements AutoCloseable {

    private static final long FRESH_NANOS = 5_000_000_000L;

    private final ExecutorService threads = Executors.newFixedThreadPool(2, Names::newThread);
    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();

    private record Lookup(CompletableFuture<InetAddress> answer, long at) {

        boolean isFresh(long now) {
            return !answer.isDone() || !answer.isCompletedExceptionally() && now - at < FRESH_NANOS;
        }
    }

    /** The address of a host, perhaps at once. */
    CompletableFuture<InetAddress> find(String host) {
        if (isAddress(host)) {
            return CompletableFuture.completedFuture(lookUp(host));
        }
        long now = System.nanoTime();
        return lookups.compute(host, (name, before) -> {
                    if (before != null && before.isFresh(now)) {
                        return before;
                    }
                    return new Lookup(CompletableFuture.supplyAsync(() -> lookUp(name), threads), now);
                })
                .answer();
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    private static InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new CompletionException("host not found: " + host, e);
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "symphony-names");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
