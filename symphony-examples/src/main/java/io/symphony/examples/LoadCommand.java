package io.symphony.examples;

import static io.symphony.examples.LoadSettings.CONCURRENT;
import static io.symphony.examples.LoadSettings.DURATION;
import static io.symphony.examples.LoadSettings.JSON;
import static io.symphony.examples.LoadSettings.NUMBER;
import static io.symphony.examples.LoadSettings.RATE;
import static io.symphony.examples.LoadSettings.THREADS;
import static io.symphony.examples.LoadSettings.TIMEOUT;
import static io.symphony.examples.LoadSettings.URL;

import io.symphony.examples.LoadReport.Goal;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import io.symphony.examples.load.LoadPlan;
import io.symphony.examples.load.LoadRun;
import io.symphony.examples.load.Request;
import io.symphony.examples.load.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The load tool: sends requests, shows how it goes, and says what it measured. */
final class LoadCommand implements Command {
    private final EndSignal end;

    LoadCommand(EndSignal end) {
        this.end = end;
    }

    @Override
    public String name() {
        return "load";
    }

    @Override
    public String headline() {
        return "Sends requests to a URL and measures the answers";
    }

    @Override
    public String summary() {
        return """
                Sends requests to a URL and measures the answers. A request fails when it gets no answer, or one with a
                status of 400 or above; the exit code is then 1. With --rate, requests leave at that rate whatever
                the answers do, and latency counts from the time that a request was due.""";
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("symphony load -n 10000 -c 64", "10,000 requests over 64 connections to localhost:8080"),
                new Example(
                        "symphony load -d 30s -c 32 --rate 500 -u http://127.0.0.1:8080/echo", "500 a second for 30 s"),
                new Example(
                        "symphony load -n 100 -m PUT -b '{\"a\":1}' -H 'Content-Type: application/json'",
                        "with a body"));
    }

    @Override
    public List<Setting<?>> settings() {
        return LoadSettings.all();
    }

    @Override
    public int run(Configuration configuration, Terminal terminal) throws InterruptedException {
        LoadPlan plan = plan(configuration);
        if (plan.request().target().isUnresolved()) {
            terminal.error("load: " + plan.request().target().getHostString() + ": no such host");
            return FAILED;
        }
        LoadReport report = configuration.value(JSON) ? LoadReport.json(terminal) : LoadReport.text(terminal);
        try (LoadRun run = LoadRun.start(plan)) {
            return watch(run, report, goal(configuration));
        } catch (IOException e) {
            terminal.error("load: cannot start: " + e.getMessage());
            return FAILED;
        }
    }

    private int watch(LoadRun run, LoadReport report, Goal goal) throws InterruptedException {
        end.listen();
        while (!run.endsWithin(report.progressEvery()) && !end.isAsked()) {
            report.progress(run.progress(), goal);
        }
        run.close();
        report.progress(run.progress(), goal);
        report.conclude(run.result());
        return run.progress().failed() == 0 ? DONE : FAILED;
    }

    private static LoadPlan plan(Configuration configuration) {
        long number = goal(configuration).requests();
        Schedule schedule = configuration
                .find(RATE)
                .map(rate -> Schedule.evenly(rate, number))
                .orElseGet(() -> Schedule.asFastAsAnswered(number));
        int connections = (int) Math.min(number, configuration.value(CONCURRENT));
        int threads = Math.min(connections, configuration.find(THREADS).orElseGet(LoadCommand::threads));
        Request request = Request.of(
                LoadSettings.method(configuration),
                configuration.value(URL),
                configuration.find(LoadSettings.HEADER).orElse(List.of()),
                configuration.value(LoadSettings.BODY));
        return new LoadPlan(
                request, schedule, connections, threads, goal(configuration).length(), configuration.value(TIMEOUT));
    }

    private static Goal goal(Configuration configuration) {
        Duration length = configuration.find(DURATION).orElse(LoadPlan.WITHOUT_END);
        boolean byTimeAlone = configuration.find(DURATION).isPresent()
                && configuration.explicit(NUMBER).isEmpty();
        return new Goal(byTimeAlone ? Long.MAX_VALUE : configuration.value(NUMBER), length);
    }

    /** Half of the cores at most: what is measured needs some, too, where it runs on this machine. */
    private static int threads() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }
}
