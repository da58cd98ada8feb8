package io.symphony.examples;

import static io.symphony.examples.config.Parsers.duration;

import io.symphony.OnExit;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.examples.config.Setting;
import io.symphony.examples.sample.SampleService;
import io.symphony.fleet.ServiceSpec;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows the whole product with no set-up: the sample service, and traffic that rises and falls. */
final class DemoCommand implements Command {
    private static final Setting<Boolean> NO_LOAD =
            Setting.toggle("no-load").asFlagOnly().saying("No traffic of its own");
    private static final Setting<Duration> DURATION = Setting.of("duration", "D", duration())
            .asFlagOnly()
            .saying("End by itself after this long (default: on Ctrl-C)");

    /** Short windows and small steps, so that scaling up and down is seen within a minute. */
    static final Map<Setting<?>, String> DEFAULTS = Map.of(
            ScalingSettings.MAX, "6",
            PolicySettings.BASE_SCALE_COUNT, "100",
            PolicySettings.WINDOW, "5s",
            RunSettings.DRAIN, "5s",
            DockerSettings.CONTAINER_PORT, Integer.toString(SampleImage.PORT));

    private final EndSignal end;

    DemoCommand(EndSignal end) {
        this.end = end;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String headline() {
        return "Shows the whole product with no set-up";
    }

    @Override
    public String summary() {
        return """
            Shows it all with no set-up: a sample service as child processes (as
            containers, where an image is named), and traffic that rises and falls, so
            that within a minute you see replicas come and go, each with the reason. Ctrl-C ends everything.\
            """;
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("symphony demo", "the whole product; then open http://127.0.0.1:9090"),
                new Example(
                        "symphony demo --image symphony-sample",
                        "the same in containers; sample-image makes the image"),
                new Example("symphony demo --no-load", "without traffic, to send your own"),
                new Example("symphony demo --listen 127.0.0.1:9000 --duration 2m", "on another port, for two minutes"));
    }

    @Override
    public List<Setting<?>> settings() {
        return Stream.of(
                        List.of(NO_LOAD, DURATION, SourceSettings.IMAGE, SourceSettings.RUNTIME),
                        UpSettings.common(),
                        List.of(SourceSettings.ENV, SourceSettings.BASE_PORT),
                        DockerSettings.all())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /** Without the listener's many limits: they are taken here, too, and {@code up --help} tells of them. */
    @Override
    public List<Theme> themes() {
        return List.of(
                new Theme("", List.of(NO_LOAD, DURATION)),
                new Theme("How many:", ScalingSettings.all()),
                new Theme("Whether they are well:", HealthSettings.all()),
                new Theme("Clients:", FrontSettings.all()),
                new Theme("Looking at it, and ordering:", AdminSettings.all()),
                new Theme("This program (and all timeouts and limits of up):", RunSettings.common()));
    }

    @Override
    public Configuration configure(Layer flags, Map<String, String> environment, Problems problems) {
        Configuration values = ServiceLayers.resolve(settings(), flags, environment, DEFAULTS, problems);
        ServiceChecks checks = new ServiceChecks(values, problems);
        checks.runtime();
        checks.range();
        checks.policy();
        checks.health();
        checks.listener();
        new FrontChecks(checks).all();
        checks.admin();
        return values;
    }

    @Override
    public int run(Configuration values, Terminal terminal) throws InterruptedException {
        ServicePlan plan = ServicePlan.of(values, spec(values), SourceSettings.runtime(values), OnExit.STOP);
        Terminal shown = values.value(RunSettings.PLAIN) ? terminal.plain() : terminal;
        boolean sends = !values.value(NO_LOAD);
        Foreground.Company company = (address, journal) -> {
            journal.note("try", "curl -s " + Foreground.url(address) + "/host");
            return sends ? DemoTraffic.to(address, journal) : () -> {};
        };
        try {
            new Foreground(shown, end).run(plan, values.find(DURATION), company);
            return DONE;
        } catch (CannotStart e) {
            terminal.error("demo: " + e.getMessage());
            return FAILED;
        }
    }

    private static ServiceSpec spec(Configuration values) {
        String name = "demo-" + values.value(FrontSettings.LISTEN).getPort();
        ServiceSpec spec = values.find(SourceSettings.IMAGE)
                .map(image -> ServiceSpec.image(name, image))
                .orElseGet(() -> ServiceSpec.command(name, sample()));
        return SourceSettings.withEnv(spec, values);
    }

    /** The sample service out of this very program. Small and quick to start: many of them share one machine here. */
    private static String[] sample() {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx48m",
            "-Xss512k",
            "-cp",
            classPath,
            SampleService.class.getName()
        };
    }
}
