package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.testing.PrometheusText;
import io.symphony.testing.PrometheusText.Family;
import io.symphony.testing.PrometheusText.Sample;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Prometheus gets, read more strictly than Prometheus does. */
class MetricsPageTest {

    private static PrometheusText page;

    @BeforeAll
    static void read() throws Exception {
        page = MetricsPage.read();
    }

    @ParameterizedTest
    @CsvSource({
        "symphony_replicas, gauge, phase",
        "symphony_replicas_target, gauge,",
        "symphony_requests_total, counter, outcome",
        "symphony_waiting_requests, gauge,",
        "symphony_unaccounted_requests, gauge,",
        "symphony_scale_decisions_total, counter, direction",
        "symphony_replacements_total, counter, cause",
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
}
