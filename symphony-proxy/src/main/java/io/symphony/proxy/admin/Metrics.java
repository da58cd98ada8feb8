package io.symphony.proxy.admin;

import io.symphony.Status;
import io.symphony.Status.Requests;
import io.symphony.fleet.Phase;
import io.symphony.proxy.CacheTraffic;
import io.symphony.proxy.DurationHistogram;
import io.symphony.proxy.DurationSeries;
import io.symphony.proxy.Listener;
import io.symphony.proxy.ListenerDurations;
import io.symphony.spi.Decision;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What Prometheus gets. Labels take few values, whatever clients send: never a path, a replica or an address.
 */
final class Metrics {

    private static final double NANOS = 1e9;

    private final Exposition text = new Exposition();

    private Metrics() {}

    static String of(Subject subject) {
        Metrics metrics = new Metrics();
        Status status = subject.status();
        metrics.replicas(status);
        metrics.requests(status);
        metrics.decisions(subject.orchestrator().decisions());
        subject.listener().ifPresent(listener -> metrics.durations(status.service(), listener));
        subject.listener().flatMap(Listener::cacheTraffic).ifPresent(metrics::cache);
        return metrics.text.toString();
    }

    private void replicas(Status status) {
        text.family("symphony_replicas", "gauge", "Replicas by phase.");
        for (Phase phase : Phase.values()) {
            text.sample("symphony_replicas", Map.of("phase", lower(phase)), status.count(phase));
        }
        text.family("symphony_replicas_target", "gauge", "Replicas that are wanted.");
        text.sample("symphony_replicas_target", status.target());
    }

    private void requests(Status status) {
        Requests requests = status.requests();
        text.family("symphony_requests_total", "counter", "Requests by how they ended.");
        outcome("completed", requests.completed());
        outcome("abandoned", requests.abandoned());
        outcome("shed", requests.shed());
        outcome("failed", requests.failed());
        text.family("symphony_requests_shed_total", "counter", "Requests that were turned away, by the reason.");
        requests.shedBy()
                .forEach((reason, count) ->
                        text.sample("symphony_requests_shed_total", Map.of("reason", lower(reason)), count));
        text.family("symphony_waiting_requests", "gauge", "Requests that wait for a replica.");
        text.sample("symphony_waiting_requests", status.waiting());
        text.family(
                "symphony_unaccounted_requests",
                "gauge",
                "Requests that were lost track of; 0, or there is a fault in Symphony.");
        text.sample("symphony_unaccounted_requests", status.requests().unaccounted());
    }

    private void cache(CacheTraffic traffic) {
        text.family("symphony_cache_requests_total", "counter", "Requests by what the cache made of them.");
        cached("hit", traffic.hits());
        cached("stale", traffic.stale());
        cached("revalidated", traffic.revalidated());
        cached("collapsed", traffic.collapsed());
        cached("miss", traffic.misses());
        cached("bypass", traffic.bypassed());
        text.family("symphony_cache_evictions_total", "counter", "Resources that left the cache for others.");
        text.sample("symphony_cache_evictions_total", traffic.evictions());
        text.family("symphony_cache_resources", "gauge", "Resources that the cache knows of.");
        text.sample("symphony_cache_resources", traffic.resources());
        text.family("symphony_cache_bytes", "gauge", "Bytes in the cache.");
        text.sample("symphony_cache_bytes", traffic.bytes());
    }

    private void cached(String result, long count) {
        text.sample("symphony_cache_requests_total", Map.of("result", result), count);
    }

    private void outcome(String outcome, long count) {
        text.sample("symphony_requests_total", Map.of("outcome", outcome), count);
    }

    private void decisions(Map<Decision, Long> decisions) {
        text.family("symphony_scale_decisions_total", "counter", "Changes of how many replicas are wanted.");
        decisions.forEach((decision, count) -> decision.direction()
                .ifPresent(direction ->
                        text.sample("symphony_scale_decisions_total", Map.of("direction", direction), count)));
        text.family("symphony_replacements_total", "counter", "Replicas that were given up, by cause.");
        decisions.forEach((decision, count) -> decision.cause()
                .ifPresent(cause -> text.sample("symphony_replacements_total", Map.of("cause", cause), count)));
    }

    /**
     * A replica is addressed by the name of its service: its own address would make new series with each replica that
     * comes.
     */
    private void durations(String service, Listener listener) {
        ListenerDurations durations = listener.durations();
        String server = "http_server_request_duration_seconds";
        text.family(server, "histogram", "Requests as clients saw them.");
        durations
                .server()
                .forEach(series -> histogram(server, labels(series, "url_scheme", listener.scheme()), series));
        String client = "http_client_request_duration_seconds";
        text.family(client, "histogram", "Requests as replicas answered them.");
        durations.client().forEach(series -> histogram(client, labels(series, "server_address", service), series));
    }

    private static Map<String, String> labels(DurationSeries series, String common, String value) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(common, value);
        labels.put("http_request_method", series.method());
        if (series.status() != 0) {
            labels.put("http_response_status_code", Integer.toString(series.status()));
        }
        series.errorType().ifPresent(type -> labels.put("error_type", type));
        return labels;
    }

    private void histogram(String name, Map<String, String> labels, DurationSeries series) {
        DurationHistogram durations = series.durations();
        Map<String, String> bucket = new LinkedHashMap<>(labels);
        long sum = 0;
        for (int i = 0; i < durations.counts().size(); i++) {
            sum += durations.counts().get(i);
            bucket.put("le", bound(i));
            text.sample(name + "_bucket", bucket, sum);
        }
        text.sample(name + "_sum", labels, durations.sum().toNanos() / NANOS);
        text.sample(name + "_count", labels, sum);
    }

    private static String bound(int bucket) {
        return bucket < DurationHistogram.BOUNDS.size()
                ? Double.toString(DurationHistogram.BOUNDS.get(bucket).toNanos() / NANOS)
                : "+Inf";
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
