package io.symphony.proxy.nginx;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.spi.RotationListener.Member;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A replica in a test: it answers with its number, or, at {@code /slow}, once it is let. */
final class Site implements AutoCloseable {

    private final int number;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch slowOneCame = new CountDownLatch(1);
    private final CountDownLatch slowOneMayGo = new CountDownLatch(1);

    Site(int number) throws IOException {
        this.number = number;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.createContext("/slow", exchange -> {
            slowOneCame.countDown();
            awaitRelease();
            answer(exchange);
        });
        server.setExecutor(threads);
        server.start();
    }

    Member member() {
        return new Member(
                new ReplicaId("acts", number),
                Endpoint.local(server.getAddress().getPort()),
                1);
    }

    void awaitSlowOne() throws InterruptedException {
        slowOneCame.await();
    }

    void releaseSlowOne() {
        slowOneMayGo.countDown();
    }

    private void awaitRelease() {
        try {
            slowOneMayGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the test is over
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** From now on it refuses connections, and those that are open are cut. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
