package io.symphony.examples.sample;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service's paths and what each of them answers. */
final class Pages {
    private static final Query SLOW_MILLIS = new Query("ms", 1000, 0, 600_000);
    private static final Query FAIL_STATUS = new Query("status", 500, 200, 599);

    private final RequestRate rate;
    private final RequestCounts counts;
    private final Lifetime lifetime;
    private volatile boolean sick;

    Pages(RequestRate rate, RequestCounts counts, Lifetime lifetime) {
        this.rate = rate;
        this.counts = counts;
        this.lifetime = lifetime;
    }

    Map<String, Route> byPath() {
        Map<String, Route> routes = new LinkedHashMap<>();
        routes.put("/", Route.traffic("", Page.of(this::root)));
        routes.put("/host", Route.traffic("GET", Page.of(this::host)));
        routes.put("/date", Route.traffic("GET", Page.of(this::date)));
        routes.put("/echo", Route.traffic("", Page.of(new Echo())));
        routes.put("/slow", Route.traffic("", Page.of(this::slow)));
        routes.put("/fail", Route.traffic("", Page.of(this::fail)));
        routes.put("/health", Route.plumbing("GET", Page.of(this::health)));
        routes.put("/api/v1/_health", Route.plumbing("GET", Page.of(this::health)));
        routes.put("/metrics", Route.plumbing("GET", Page.of(exchange -> Reply.metrics(counts.asPrometheusText()))));
        routes.put("/rps", Route.plumbing("GET", new RateStream(rate, lifetime)));
        routes.put("/rps-display", Route.plumbing("GET", Page.of(exchange -> Reply.html(RateStream.DISPLAY))));
        routes.put("/sick", Route.plumbing("POST", Page.of(exchange -> feel(true))));
        routes.put("/well", Route.plumbing("POST", Page.of(exchange -> feel(false))));
        return routes;
    }

    private Reply root(HttpExchange exchange) {
        int perSecond = rate.perSecond(System.nanoTime());
        return Reply.json(
                200, "{\"status\":\"ok\",\"message\":\"Request received\",\"current_rps\":" + perSecond + "}\n");
    }

    private Reply host(HttpExchange exchange) throws UnknownHostException {
        String name = Json.quoted(InetAddress.getLocalHost().getHostName());
        int port = exchange.getLocalAddress().getPort();
        long pid = ProcessHandle.current().pid();
        return Reply.json(200, "{\"host\":" + name + ",\"port\":" + port + ",\"pid\":" + pid + "}\n");
    }

    private Reply date(HttpExchange exchange) {
        return Reply.json(200, "{\"date\":\"" + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\"}\n");
    }

    private Reply slow(HttpExchange exchange) throws IOException {
        int millis = SLOW_MILLIS.of(exchange);
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted after less than " + millis + " ms", e);
        }
        return Reply.json(200, "{\"status\":\"ok\",\"waited_ms\":" + millis + "}\n");
    }

    private Reply fail(HttpExchange exchange) {
        int status = FAIL_STATUS.of(exchange);
        return Reply.error(status, "as asked for");
    }

    private Reply health(HttpExchange exchange) {
        return sick ? Reply.json(503, "{\"status\":\"sick\"}\n") : Reply.json(200, "{\"status\":\"well\"}\n");
    }

    private Reply feel(boolean sickNow) {
        sick = sickNow;
        return Reply.json(200, sickNow ? "{\"status\":\"sick\"}\n" : "{\"status\":\"well\"}\n");
    }
}
