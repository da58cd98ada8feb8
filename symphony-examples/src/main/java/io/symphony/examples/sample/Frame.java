package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What surrounds every page: finds it, counts it, says who served it, and turns a wrong request into an answer. */
final class Frame implements HttpHandler {
    private static final int DROPPED = 0;

    private final Map<String, Route> routes;
    private final RequestRate rate;
    private final RequestCounts counts;
    private final Lifetime lifetime;

    Frame(Map<String, Route> routes, RequestRate rate, RequestCounts counts, Lifetime lifetime) {
        this.routes = routes;
        this.rate = rate;
        this.counts = counts;
        this.lifetime = lifetime;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Route route = path == null ? null : routes.get(path);
        counts.entered();
        try (exchange) {
            answer(exchange, route);
        } finally {
            int status = exchange.getResponseCode();
            counts.left(route == null ? "other" : path, status < 0 ? DROPPED : status);
        }
    }

    private void answer(HttpExchange exchange, @Nullable Route route) throws IOException {
        exchange.getResponseHeaders().set("X-Served-By", servedBy(exchange));
        if (lifetime.isOver()) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
        if (route == null) {
            refuse(exchange, 404, "no such path: " + exchange.getRequestURI());
        } else if (!route.takes(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", route.allowed());
            refuse(exchange, 405, exchange.getRequestMethod() + " (expected: " + route.allowed() + ")");
        } else {
            serve(exchange, route);
        }
    }

    private void serve(HttpExchange exchange, Route route) throws IOException {
        if (route.isTraffic()) {
            rate.count(System.nanoTime());
        }
        try {
            route.page().answer(exchange);
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        Reply.error(status, message).sendTo(exchange);
    }

    /** Lets whoever calls through a balancer see which replica it was. */
    private static String servedBy(HttpExchange exchange) {
        return exchange.getLocalAddress().getAddress().getHostAddress() + ":"
                + exchange.getLocalAddress().getPort();
    }
}
