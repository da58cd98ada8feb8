package io.symphony.examples;

import io.symphony.examples.Terminal.Colour;
import io.symphony.examples.load.Histogram;
import io.symphony.examples.load.LoadResult;
import io.symphony.examples.load.LoadRun.Progress;
import java.time.Duration;
import java.util.Locale;

/** A run of load in lines for a person. */
final class LoadText implements LoadReport {
    private static final int BAR = 30;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final Terminal terminal;

    LoadText(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Duration progressEvery() {
        return Duration.ofMillis(terminal.isInteractive() ? 200 : 1000);
    }

    @Override
    public void progress(Progress progress, Goal goal) {
        String line = line(progress, goal);
        if (terminal.isInteractive()) {
            int filled = (int) (BAR * goal.share(progress));
            terminal.out().print(CLEAR_LINE + "[" + "#".repeat(filled) + " ".repeat(BAR - filled) + "] " + line);
            terminal.out().flush();
        } else {
            terminal.line("Progress: " + line);
        }
    }

    @Override
    public void conclude(LoadResult result) {
        if (terminal.isInteractive()) {
            terminal.line("");
        }
        details(result);
        Histogram latencies = result.latencies();
        histogram(latencies);
        print("Total requests: %d", result.total());
        print("Successful: %d", result.succeeded());
        print("Failed: %d", result.failed());
        print("Average response time: %.3fs", latencies.mean() / 1e9);
        print("Total time: %.3fs", result.elapsed().toNanos() / 1e9);
        print("Requests per second: %.2f", result.perSecond());
        print("p50: %s ms", LoadReport.quantileMillis(latencies, 0.5));
        print("p90: %s ms", LoadReport.quantileMillis(latencies, 0.9));
        print("p99: %s ms", LoadReport.quantileMillis(latencies, 0.99));
    }

    static String line(Progress progress, Goal goal) {
        return String.format(
                Locale.ROOT,
                "%s (%.0f %%), %.0f a second, %d failed",
                goal.count(progress),
                100 * goal.share(progress),
                progress.total() / Math.max(1e-9, progress.elapsed().toNanos() / 1e9),
                progress.failed());
    }

    private void details(LoadResult result) {
        result.statuses().forEach((status, count) -> print("Status %d: %d", status, count));
        result.reasons()
                .forEach((reason, count) -> print("%s: %d", terminal.in(Colour.RED, "Failed, " + reason), count));
        if (result.unsent() > 0) {
            print("Not sent: %d (they were due, but every connection was busy; give more with -c)", result.unsent());
        }
        if (result.reconnects() > 0) {
            print("Reconnected: %d (closed between two requests; the request went out again)", result.reconnects());
        }
    }

    private void histogram(Histogram latencies) {
        LatencySteps all = LatencySteps.of(latencies);
        for (LatencySteps.Step step : all.steps()) {
            String bar = "#".repeat((int) Math.ceil((double) BAR * step.count() / all.most()));
            double percent = 100.0 * step.count() / latencies.count();
            print("Up to %6s ms: %9d  %5.1f %% %s", step.boundMillis(), step.count(), percent, bar);
        }
    }

    private void print(String format, Object... values) {
        terminal.line(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
