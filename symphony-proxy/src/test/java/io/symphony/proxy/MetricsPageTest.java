package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.symphony.testing.PrometheusText;
import io.symphony.testing.PrometheusText.Family;
import io.symphony.testing.PrometheusText.Sample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Prometheus gets, read more strictly than Prometheus does. */
class MetricsPageTest {

    private static final MeterRegistry REGISTRY = new SimpleMeterRegistry();
    private static PrometheusText page;

    @BeforeAll
    static void read() throws Exception {
        page = MetricsPage.read(REGISTRY);
    }

    @ParameterizedTest
    @CsvSource({
        "symphony_replicas, gauge, phase",
        "symphony_replicas_target, gauge,",
        "symphony_requests_total, counter, outcome",
        "symphony_requests_shed_total, counter, reason",
        "symphony_waiting_requests, gauge,",
        "symphony_unaccounted_requests, gauge,",
        "symphony_scale_decisions_total, counter, direction",
        "symphony_replacements_total, counter, cause",
        "symphony_cache_requests_total, counter, result",
        "symphony_cache_evictions_total, counter,",
        "symphony_cache_resources, gauge,",
        "symphony_cache_bytes, gauge,",
        "http_server_request_duration_seconds, histogram, error_type http_request_method http_response_status_code le"
                + " url_scheme",
        "http_client_request_duration_seconds, histogram, error_type http_request_method http_response_status_code le"
                + " server_address"
    })
    void eachFamilyHasItsTypeAndItsLabels(String name, String type, String labels) {
        Family family = page.family(name);

        assertThat(family.type()).isEqualTo(type);
        assertThat(String.join(" ", labels(family.samples()))).isEqualTo(labels == null ? "" : labels);
    }

    private static Set<String> labels(List<Sample> samples) {
        Set<String> labels = new TreeSet<>();
        samples.forEach(sample -> labels.addAll(sample.labels().keySet()));
        return labels;
    }

    @Test
    void anErrorIsNamedByItsStatus() {
        assertThat(page.family("http_server_request_duration_seconds").samples())
                .contains(new Sample(
                        "http_server_request_duration_seconds_count",
                        Map.of(
                                "url_scheme", "http",
                                "http_request_method", "GET",
                                "http_response_status_code", "500",
                                "error_type", "500"),
                        1));
        assertThat(page.family("http_client_request_duration_seconds").samples())
                .contains(new Sample(
                        "http_client_request_duration_seconds_count",
                        Map.of(
                                "server_address", "acts",
                                "http_request_method", "GET",
                                "http_response_status_code", "204"),
                        2));
    }

    @Test
    void noLabelSaysWhatAClientSentOrWhereAReplicaIs() {
        assertThat(page.samples())
                .flatExtracting(sample -> sample.labels().values())
                .noneMatch(value -> value.contains("/") || value.contains("127.0.0.1") || value.contains("BREW"));
    }

    @Test
    void micrometerHasTheSameFiguresUnderTheSameNames() {
        List<Sample> ours = page.samples().stream()
                .filter(sample -> sample.name().startsWith("symphony_"))
                .filter(sample -> !sample.name().startsWith("symphony_cache_")) // the listener's own
                .toList();

        assertThat(REGISTRY.getMeters())
                .extracting(MetricsPageTest::inPrometheus)
                .containsExactlyInAnyOrderElementsOf(ours);
    }

    private static Sample inPrometheus(Meter meter) {
        boolean counter = meter.getId().getType() == Meter.Type.COUNTER;
        String name = meter.getId().getName().replace('.', '_') + (counter ? "_total" : "");
        Map<String, String> labels =
                meter.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
        return new Sample(name, labels, meter.measure().iterator().next().getValue());
    }
}
