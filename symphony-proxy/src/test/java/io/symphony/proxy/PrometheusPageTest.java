package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusPageTest {

    /** From the format's own description, and what the usual libraries write. */
    private static final String PAGE = """
            # HELP http_requests_total The total number of HTTP requests.
            # TYPE http_requests_total counter
            http_requests_total{method="post",code="200"} 1027 1395066363000
            http_requests_total{method="post",code="400"}    3 1395066363000
            http_requests_total{ method = "get", code="200", } 5.5e2

            # Escaping in label values:
            msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9
            metric_without_timestamp_and_labels 12.47
            something_weird{problem="division by zero"} +Inf -3982045
            http_request_duration_seconds_count 144320
            # TYPE temperature gauge
            temperature 21
            rpc_duration_seconds{quantile="0.01"} NaN
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http_requests_total | 1580",
                "http_requests_total{method=\"post\"} | 1030",
                "http_requests_total{code=\"200\"} | 1577",
                "http_requests_total{code=\"200\",method=\"post\"} | 1027",
                "metric_without_timestamp_and_labels | 12.47",
            })
    void allSeriesThatHaveTheLabelsCountTogether(String counter, double sum) {
        assertThat(new PrometheusPage(PAGE).sum(CounterName.parse(counter))).hasValue(sum);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"http_requests | x", "http_requests_total{code=\"500\"} | x"})
    void aCounterThatIsNotThereIsNotZero(String counter, String nothing) {
        assertThat(new PrometheusPage(PAGE).sum(CounterName.parse(counter))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "1abc 2 | at character 1 (expected: a name)",
                "abc | value: '' (expected: a number)",
                "abc 0x10 | value: '0x10' (expected: a number)",
                "abc 1 2 3 | at character 9 (expected: nothing more)",
                "abc 1 now | time: 'now' (expected: milliseconds)",
                "abc{a=\"b\" 1 | at character 11 (expected: ',' or '}')",
                "abc{a=b} 1 | at character 7 (expected: '\"')",
                "abc{a=\"b} 1 | at character 12 (expected: a closing '\"')",
                "abc{a=\"\\x\"} 1 | at character 10 (expected: n, \\ or \" after \\)",
                "abc{a=\"1\",a=\"2\"} 1 | label a twice",
                "abc{,} 1 | at character 5 (expected: a name)",
                "<html> | at character 1 (expected: a name)",
            })
    void aPageThatIsMalformedAnywhereIsNotBelieved(String line, String problem) {
        PrometheusPage page = new PrometheusPage("good_total 1\n" + line + "\n");

        assertThatThrownBy(() -> page.sum(CounterName.parse("good_total")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("line 2 is not Prometheus' text format, " + problem + ": " + line);
    }

    @Test
    void whatIsNoCountIsRefused() {
        assertThatThrownBy(() -> new PrometheusPage(PAGE).sum(CounterName.parse("temperature")))
                .hasMessage("temperature is a gauge (expected: a counter)");
        assertThatThrownBy(() -> new PrometheusPage(PAGE).sum(CounterName.parse("rpc_duration_seconds")))
                .hasMessageEndingWith(": rpc_duration_seconds is NaN (expected: a count)");
        assertThatThrownBy(() -> new PrometheusPage("a_total -1").sum(CounterName.parse("a_total")))
                .hasMessage("line 1: a_total is -1.0 (expected: a count)");
    }

    @Test
    void aCounterIsNamedAsPrometheusDoes() {
        assertThat(CounterName.parse(" acts:requests_total{uri=\"/a,b\"} ").labels())
                .containsEntry("uri", "/a,b");
        assertThatThrownBy(() -> CounterName.parse("my counter"))
                .hasMessage("counter: 'my counter' (expected: NAME or NAME{LABEL=\"VALUE\",...}): at character 3"
                        + " (expected: nothing more)");
    }
}
