package io.symphony.examples;

import io.symphony.examples.load.Histogram;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run of load as one JSON object. */
final class LoadJson implements LoadReport {
    private final Terminal terminal;

    LoadJson(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Duration progressEvery() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void progress(Progress progress, Goal goal) {
        terminal.error("Progress: " + LoadText.line(progress, goal));
    }

    @Override
    public void conclude(LoadResult result) {
        Histogram latencies = result.latencies();
        terminal.line(String.format(
                Locale.ROOT,
                "{\"total\":%d,\"successful\":%d,\"failed\":%d,\"not_sent\":%d,\"reconnected\":%d,\"bytes\":%d,"
                        + "\"seconds\":%.3f,\"requests_per_second\":%.2f,\"latency_ms\":{%s},\"up_to_ms\":{%s},"
                        + "\"statuses\":%s,\"failures\":%s}",
                result.total(),
                result.succeeded(),
                result.failed(),
                result.unsent(),
                result.reconnects(),
                result.bytes(),
                result.elapsed().toNanos() / 1e9,
                result.perSecond(),
                latencies(latencies),
                steps(latencies),
                object(result.statuses()),
                object(result.reasons())));
    }

    private static String latencies(Histogram latencies) {
        return String.join(
                ",",
                "\"average\":" + LoadReport.millis(Math.round(latencies.mean())),
                "\"least\":" + LoadReport.millis(latencies.least()),
                "\"p50\":" + LoadReport.quantileMillis(latencies, 0.5),
                "\"p90\":" + LoadReport.quantileMillis(latencies, 0.9),
                "\"p99\":" + LoadReport.quantileMillis(latencies, 0.99),
                "\"p999\":" + LoadReport.quantileMillis(latencies, 0.999),
                "\"most\":" + LoadReport.millis(latencies.most()));
    }

    private static String steps(Histogram latencies) {
        return LatencySteps.of(latencies).steps().stream()
                .map(step -> "\"" + step.boundMillis() + "\":" + step.count())
                .collect(Collectors.joining(","));
    }

    private static String object(Map<?, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> "\"" + escaped(each.getKey().toString()) + "\":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", "?");
    }
}
