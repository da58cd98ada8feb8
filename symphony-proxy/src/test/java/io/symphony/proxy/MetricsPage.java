package io.symphony.proxy;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.symphony.micrometer.OrchestratorMetrics;
import io.symphony.proxy.admin.Admin;
import io.symphony.testing.PrometheusText;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** The page at {@code /metrics} after requests of every kind. */
final class MetricsPage {

    private static final List<String> REQUESTS = List.of("GET /", "GET /fail", "GET /secret?user=7", "BREW /");

    private MetricsPage() {}

    /** The page, and the same figures in a registry of Micrometer's. */
    static PrometheusText read(MeterRegistry registry) throws Exception {
        try (Backend backend = Backend.playing(MetricsPage::answer);
                Setup setup = Setup.before(listener -> listener.cache(ResponseCache.ofBytes(1_000_000)), backend);
                Wire client = setup.connect()) {
            for (String request : REQUESTS) {
                client.send(request + " HTTP/1.1\r\nHost: h\r\n\r\n").head();
            }
            await().until(() -> count(setup.listener().durations().server()) == REQUESTS.size()
                    && count(setup.listener().durations().client()) == REQUESTS.size());
            new OrchestratorMetrics(setup.orchestrator()).bindTo(registry);
            return PrometheusText.parse(page(setup));
        }
    }

    private static void answer(Wire wire) throws Exception {
        while (true) {
            boolean fails = wire.head().contains("/fail");
            wire.send("HTTP/1.1 " + (fails ? "500 No" : "204 Yes") + "\r\n" + (fails ? "Content-Length: 0\r\n" : "")
                    + "\r\n");
        }
    }

    private static long count(List<DurationSeries> all) {
        return all.stream().mapToLong(each -> each.durations().count()).sum();
    }

    private static String page(Setup setup) throws Exception {
        try (Admin admin = Admin.over(setup.orchestrator(), setup.listener())
                .at("127.0.0.1", 0)
                .start()) {
            InetSocketAddress address = admin.address();
            URI metrics = URI.create("http://127.0.0.1:" + address.getPort() + "/metrics");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
