package io.symphony.examples;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a service of the user's own. */
final class UpCommand implements Command {
    private final EndSignal end;

    UpCommand(EndSignal end) {
        this.end = end;
    }

    @Override
    public String name() {
        return "up";
    }

    @Override
    public String headline() {
        return "Runs a service of your own";
    }

    @Override
    public String summary() {
        return """
            Runs a service: starts its replicas, balances requests over them, replaces those that fail, and has as
            many as the traffic needs. Each option is also a variable, such as SYMPHONY_BASE_PORT for
            --base-port, and a key of the file given with --config. A flag goes before a variable, and a
            variable before the file.\
            """;
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example(
                        "symphony up --image acts:1.4 --container-port 8080 --min 2 --max 6",
                        "two to six containers, published on free ports of 127.0.0.1"),
                new Example(
                        "symphony up --process \"java -jar acts.jar\" --min 2 --max 6",
                        "two to six child processes, each told its port in PORT"),
                new Example(
                        "symphony up --backends 10.0.0.1:8080,10.0.0.2:8080 --health-path /health --balance"
                                + " least-connections",
                        "a pool that runs already: balancing and health checks only"),
                new Example(
                        "symphony up --config acts.yaml --listen 0.0.0.0:8443 --timeout-response 5s --limit-body 10m",
                        "on all addresses, with a limit and a timeout of your own; --tls-cert and --tls-key make it"
                                + " HTTPS"),
                new Example(
                        "symphony up --image acts:1.4 --runtime swarm --listeners many --listen 0.0.0.0:80 --admin"
                                + " 10.0.0.5:9090 --admin-token TOKEN",
                        "on each of some hosts of a swarm: all balance, one decides"),
                new Example(
                        "symphony up --process \"java -jar acts.jar\" --proxy nginx",
                        "the same with nginx in front, started and reloaded by us"),
                new Example(
                        "symphony up --config acts.yaml --dry-run", "what would run, and where each value comes from"));
    }

    @Override
    public List<Setting<?>> settings() {
        return UpSettings.all();
    }

    @Override
    public List<Theme> themes() {
        return UpSettings.themes();
    }

    @Override
    public Configuration configure(Layer flags, Map<String, String> environment, Problems problems) {
        Configuration values = ServiceLayers.resolve(settings(), flags, environment, Map.of(), problems);
        ServiceChecks checks = new ServiceChecks(values, problems);
        checks.source();
        checks.runtime();
        checks.range();
        checks.policy();
        checks.health();
        checks.listener();
        checks.tls();
        new FrontChecks(checks).all();
        checks.admin();
        TogetherSettings.check(checks);
        return values;
    }

    @Override
    public int run(Configuration values, Terminal terminal) throws InterruptedException {
        if (values.value(RunSettings.DRY_RUN)) {
            terminal.out().print(values.table());
            return DONE;
        }
        ServicePlan plan = ServicePlan.of(
                values, SourceSettings.spec(values), SourceSettings.runtime(values), values.value(RunSettings.ON_EXIT));
        Terminal shown = values.value(RunSettings.PLAIN) ? terminal.plain() : terminal;
        try {
            new Foreground(shown, end).run(plan, Optional.empty(), Foreground.Company.none());
            return DONE;
        } catch (CannotStart e) {
            terminal.error("up: " + e.getMessage());
            return FAILED;
        }
    }
}
