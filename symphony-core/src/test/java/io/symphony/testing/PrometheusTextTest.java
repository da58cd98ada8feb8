package io.symphony.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusTextTest {

    private static final String HEAD = "# HELP a_total Help.\n# TYPE a_total counter\n";
    private static final String HISTOGRAM = "# HELP h Help.\n# TYPE h histogram\n";

    @Test
    void whatIsEscapedIsReadAsItWasMeant() {
        PrometheusText page = PrometheusText.parse(HEAD + "a_total{b=\"x\\\\y\\\"z\\nw}\",c=\"\"} 1.5\n");

        assertThat(page.family("a_total").samples())
                .containsExactly(new PrometheusText.Sample("a_total", Map.of("b", "x\\y\"z\nw}", "c", ""), 1.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a_total 1|no end",
                "a_total 1;|twice",
                "a_total{b=\"1\",b=\"2\"} 1;|twice",
                "a_total{b=\"1\" ,c=\"2\"} 1;|labels",
                "a_total{b=\"\\t\"} 1;|labels",
                "a_total{b=\"1\",} 1;|labels",
                "a_total{} 1;|expected: NAME",
                "a_total{__b=\"1\"} 1;|reserved",
                "a_total{b=\"1\"} -1;|below 0",
                "a_total{b=\"1\"} many;|many",
                "a_other{b=\"1\"} 1;|not of the family",
                "a_total{le=\"1\"} 1;|le belongs to buckets",
                "# TYPE a_total counter;|has begun before",
                "# TYPE b gauge;b 1;|no HELP",
                "# HELP b Help.;b 1;|between HELP and TYPE",
                "# HELP b Help.;# TYPE b counter;b 1;|_total belongs to counters",
                "# HELP b_total Help.;# TYPE b_total gauge;b_total 1;|_total belongs to counters",
                "# a comment;|expected: # HELP",
            })
    void eachBreachIsFound(String more, String complaint) {
        assertThatThrownBy(() -> PrometheusText.parse(HEAD + "a_total 1\n" + more.replace(';', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h_bucket{le=\"1\"} 1;h_sum 1;h_count 1;|no bucket +Inf",
                "h_bucket{le=\"2\"} 1;h_bucket{le=\"1\"} 1;h_bucket{le=\"+Inf\"} 1;h_sum 1;h_count 1;|rise in their",
                "h_bucket{le=\"1\"} 2;h_bucket{le=\"+Inf\"} 1;h_sum 1;h_count 1;|so they rise",
                "h_bucket{le=\"+Inf\"} 1;h_sum 1;h_count 2;|not the bucket +Inf",
                "h_bucket{le=\"+Inf\"} 1;h_count 1;h_sum 1;|no _sum",
            })
    void eachBreachOfAHistogramIsFound(String parts, String complaint) {
        assertThatThrownBy(() -> PrometheusText.parse(HISTOGRAM + parts.replace(';', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }
}
