package io.symphony.examples;

import io.symphony.OnExit;
import io.symphony.examples.config.Configuration;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.health.HealthPolicy;
import io.symphony.scaling.ScalingPolicy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is to run: a configuration that has been checked, in the library's terms. */
record ServicePlan(
        ServiceSpec spec,
        int min,
        int max,
        ScalingPolicy scaling,
        HealthPolicy health,
        Optional<String> healthPath,
        Balance balance,
        Optional<AccessLogPlan> accessLog,
        Duration drain,
        OnExit onExit,
        InetSocketAddress listen,
        Optional<Integer> workers,
        Optional<Integer> basePort) {
    private static final Duration REQUESTS_WINDOW = Duration.ofMinutes(2);
    private static final Duration RPS_WINDOW = Duration.ofSeconds(10);

    static ServicePlan of(Configuration values, ServiceSpec spec, OnExit onExit) {
        return new ServicePlan(
                spec,
                values.value(UpSettings.MIN),
                values.value(UpSettings.MAX),
                scaling(values),
                health(values),
                Optional.of(values.value(UpSettings.HEALTH_PATH)).filter(path -> !path.equals("off")),
                values.value(UpSettings.BALANCE),
                AccessLogPlan.of(values),
                values.value(UpSettings.DRAIN),
                onExit,
                values.value(UpSettings.LISTEN),
                values.find(UpSettings.WORKERS),
                values.find(UpSettings.BASE_PORT));
    }

    /** Whether somebody else runs the replicas. */
    boolean isFixedPool() {
        return spec.source() instanceof Source.Backends;
    }

    /** What is to run, in half a line. */
    String inWords() {
        String over = spec.source() instanceof Source.Backends pool
                ? numbered(pool.members().size(), "backend")
                : min == max ? numbered(max, "replica") : min + " to " + max + " replicas";
        return spec.name() + ", " + balance.name() + " over " + over;
    }

    private static String numbered(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** The service as {@code up} was told of it. */
    static ServiceSpec spec(Configuration values) {
        Optional<List<Endpoint>> backends = values.find(UpSettings.BACKENDS);
        if (backends.isPresent()) {
            return ServiceSpec.backends(values.find(UpSettings.NAME).orElse("backends"), backends.get());
        }
        List<String> words = values.value(UpSettings.PROCESS);
        String name = values.find(UpSettings.NAME).orElseGet(() -> nameOf(words));
        return withEnv(ServiceSpec.command(name, words.toArray(String[]::new)), values);
    }

    /**
     * The program's name and a mark of the whole command: two services that are both started by {@code java} must not
     * take each other's replicas for their own.
     */
    static String nameOf(List<String> words) {
        String program = String.valueOf(Path.of(words.get(0)).getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String mark = ServiceSpec.command("any", words.toArray(String[]::new)).version();
        return (program.isEmpty() ? "service" : program.substring(0, Math.min(40, program.length()))) + "-"
                + mark.substring(0, 4);
    }

    private static ServiceSpec withEnv(ServiceSpec spec, Configuration values) {
        ServiceSpec result = spec;
        for (Map.Entry<String, String> variable : values.find(UpSettings.ENV).orElse(List.of())) {
            result = result.withEnv(variable.getKey(), variable.getValue());
        }
        return result;
    }

    private static ScalingPolicy scaling(Configuration values) {
        Optional<Duration> window = values.find(UpSettings.WINDOW);
        return switch (values.value(UpSettings.POLICY)) {
            case REQUESTS ->
                ScalingPolicy.requests(values.value(UpSettings.BASE_SCALE_COUNT), window.orElse(REQUESTS_WINDOW));
            case RPS -> ScalingPolicy.requestsPerSecond(values.value(UpSettings.TARGET), window.orElse(RPS_WINDOW));
            case FIXED -> ScalingPolicy.fixed(values.value(UpSettings.MIN));
        };
    }

    private static HealthPolicy health(Configuration values) {
        HealthPolicy policy = HealthPolicy.every(values.value(UpSettings.HEALTH_INTERVAL))
                .withTimeout(values.value(UpSettings.HEALTH_TIMEOUT))
                .withRise(values.value(UpSettings.RISE))
                .withFall(values.value(UpSettings.FALL));
        return values.value(UpSettings.STRICT_HEALTH) ? policy.strict() : policy;
    }
}
