package io.symphony.docker;

import io.symphony.Lease;
import io.symphony.Orchestrator;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask an orchestrator's replicas without a pause; a request that fails at one is sent to another. */
final class Visitors implements AutoCloseable {

    private static final int COUNT = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(COUNT);
    private final Orchestrator orchestrator;

    Visitors(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
        for (int number = 0; number < COUNT; number++) {
            threads.execute(this::ask);
        }
        threads.shutdown();
    }

    int answered() {
        return answered.get();
    }

    /** Requests that no replica has answered. */
    int unanswered() {
        return unanswered.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                (isAnswered(orchestrator.lease(PATIENCE)) ? answered : unanswered).incrementAndGet();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private static boolean isAnswered(Lease first) {
        Lease lease = first;
        while (true) {
            try {
                get(lease);
                lease.close();
                return true;
            } catch (IOException e) {
                lease.failed(e);
                Optional<Lease> next = lease.another();
                if (next.isEmpty()) {
                    lease.close();
                    return false;
                }
                lease = next.get();
            }
        }
    }

    private static void get(Lease lease) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + lease.endpoint() + "/").toURL().openConnection();
        connection.setConnectTimeout((int) PATIENCE.toMillis());
        connection.setReadTimeout((int) PATIENCE.toMillis());
        connection.getResponseCode();
    }
}
