package io.symphony.proxy.nginx;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients of nginx that send one GET after the other until they are told to stop, and count the answers by kind. Each
 * request has a connection of its own: an nginx before 1.27.4 closes idle ones at a reload, whether or not a request is on
 * its way, and every client may then send again.
 */
final class Clients implements AutoCloseable {

    private static final int MOST_EACH = 20_000;
    private static final int PATIENCE_MILLIS = 50_000;

    private final URI url;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> running = new ArrayList<>();

    Clients(URI url) {
        this.url = url;
    }

    Clients start(int count) {
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(this::send));
        }
        return this;
    }

    private void send() {
        for (int i = 0; i < MOST_EACH && !stopped.get(); i++) {
            answers.merge(get(""), 1, Integer::sum);
            answered.incrementAndGet();
        }
    }

    /** The body of a good answer, or what it was instead. */
    String get(String path) {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = "GET /" + path + " HTTP/1.1\r\nHost: acts\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.startsWith("HTTP/1.1 200 ")
                    ? answer.substring(answer.indexOf("\r\n\r\n") + 4)
                    : answer.replaceFirst("(?s)^HTTP/1.1 (\\d+).*", "status $1");
        } catch (IOException e) {
            return e.toString();
        }
    }

    CompletableFuture<String> getLater(String path) {
        return CompletableFuture.supplyAsync(() -> get(path), threads);
    }

    int answered() {
        return answered.get();
    }

    /** How many answers of each kind there were, once all have stopped. */
    Map<String, Integer> answers() throws Exception {
        stopped.set(true);
        for (Future<?> each : running) {
            each.get();
        }
        return answers;
    }

    @Override
    public void close() {
        stopped.set(true);
        threads.shutdown();
    }
}
