package io.symphony.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Replicas that are servers within this process. Each answers with its name in a field, and the request's body; at
 * a path that ends with {@code /cut} it breaks off.
 */
public final class InProcessRuntime implements ContainerRuntime {

    private record Running(HttpServer server, Sighting sighting) {}

    private final Map<ReplicaId, Running> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Override
    public Endpoint start(ReplicaId id, ServiceSpec spec) throws RuntimeFailure {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(id, exchange));
            server.start();
            Endpoint endpoint = Endpoint.local(server.getAddress().getPort());
            running.put(id, new Running(server, new Sighting(id, endpoint, spec.version())));
            return endpoint;
        } catch (IOException e) {
            throw new RuntimeFailure(id + ": " + e.getMessage(), e);
        }
    }

    private static void answer(ReplicaId id, HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean cut = exchange.getRequestURI().getPath().endsWith("/cut");
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("X-Replica", id.toString());
            exchange.getResponseHeaders()
                    .put("X-Forwarded", exchange.getRequestHeaders().getOrDefault("X-Forwarded-For", List.of()));
            exchange.sendResponseHeaders(200, cut ? 100_000 : 0);
            exchange.getResponseBody().write(cut ? new byte[50_000] : body);
        }
    }

    /** A replica dies, and nobody says so. */
    public void kill(ReplicaId id) {
        stop(id, Duration.ZERO);
    }

    @Override
    public void stop(ReplicaId id, Duration grace) {
        Running ended = running.remove(id);
        if (ended != null) {
            ended.server().stop(0);
        }
    }

    @Override
    public List<Sighting> list(String service) {
        return running.values().stream().map(Running::sighting).toList();
    }

    @Override
    public Watch watch(String service, Consumer<Death> listener) {
        return () -> {};
    }

    @Override
    public String lastOutput(ReplicaId id) {
        return "";
    }

    @Override
    public void close() {
        running.keySet().forEach(this::kill);
        threads.shutdownNow();
    }
}
