package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.LoadReport.Goal;
import io.symphony.examples.load.Histogram;
import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LoadReportTest {
    private final Printed printed = new Printed();

    @Test
    void theLastLinesAreThoseThatOthersRead() {
        LoadReport.text(printed.terminal()).conclude(result());

        assertThat(printed.out().lines())
                .containsExactly(
                        "Status 200: 19990",
                        "Status 503: 4",
                        "Failed, connection refused: 6",
                        "Failed, status 503: 4",
                        "Not sent: 7 (they were due, but every connection was busy; give more with -c)",
                        "Reconnected: 2 (closed between two requests; the request went out again)",
                        "Up to     50 ms:         1  100.0 % ##############################",
                        "Total requests: 20000",
                        "Successful: 19990",
                        "Failed: 10",
                        "Average response time: 0.025s",
                        "Total time: 12.345s",
                        "Requests per second: 1620.09",
                        "p50: 25.000 ms",
                        "p90: 25.000 ms",
                        "p99: 25.000 ms");
    }

    @Test
    void theSameAsJson() {
        LoadReport.json(printed.terminal()).conclude(result());

        assertThat(printed.out().strip())
                .isEqualTo("{\"total\":20000,\"successful\":19990,\"failed\":10,\"not_sent\":7,\"reconnected\":2,"
                        + "\"bytes\":123,\"seconds\":12.345,\"requests_per_second\":1620.09,"
                        + "\"latency_ms\":{\"average\":25.000,\"least\":25.000,\"p50\":25.000,\"p90\":25.000,"
                        + "\"p99\":25.000,\"p999\":25.000,\"most\":25.000},\"up_to_ms\":{\"50\":1},"
                        + "\"statuses\":{\"200\":19990,\"503\":4},"
                        + "\"failures\":{\"connection refused\":6,\"status 503\":4}}");
    }

    @Test
    void latenciesStandInStepsFromTheQuickestToTheSlowestAndNoneIsLeftOut() {
        Histogram latencies = new Histogram();
        for (long micros : new long[] {300, 499, 500, 501, 999, 4_000, 4_001, 19_000}) {
            latencies.record(micros * 1_000);
        }

        List<LatencySteps.Step> steps = LatencySteps.of(latencies).steps();
        assertThat(steps).extracting(LatencySteps.Step::boundMillis).containsExactly("0.5", "1", "2", "5", "10", "20");
        assertThat(steps).extracting(LatencySteps.Step::count).containsExactly(4L, 1L, 0L, 2L, 0L, 1L);
        assertThat(LatencySteps.of(new Histogram()).steps()).isEmpty();
    }

    @Test
    void progressSaysHowFarItIs() {
        Progress progress = new Progress(240, 10, Duration.ofSeconds(2));

        LoadReport.text(printed.terminal()).progress(progress, new Goal(1000, LoadPlan.WITHOUT_END));
        LoadReport.text(printed.terminal()).progress(progress, new Goal(Long.MAX_VALUE, Duration.ofSeconds(8)));

        assertThat(printed.out().lines())
                .containsExactly(
                        "Progress: 250/1000 requests (25 %), 125 a second, 10 failed",
                        "Progress: 250 requests (25 %), 125 a second, 10 failed");
    }

    private static LoadResult result() {
        Histogram latencies = new Histogram();
        latencies.record(25_000_000);
        return new LoadResult(
                19_990,
                10,
                7,
                2,
                123,
                Duration.ofMillis(12_345),
                latencies,
                new TreeMap<>(Map.of(200, 19_990L, 503, 4L)),
                new TreeMap<>(Map.of("connection refused", 6L, "status 503", 4L)));
    }
}
