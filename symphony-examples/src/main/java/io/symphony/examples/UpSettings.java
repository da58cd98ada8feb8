package io.symphony.examples;

import static io.symphony.examples.config.Parsers.duration;
import static io.symphony.examples.config.Parsers.oneOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.OnExit;
import io.symphony.examples.config.Durations;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.fleet.Endpoint;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The settings of {@code up}: the one table from which flags, variables, keys of a file and the help text follow. */
final class UpSettings {
    private static final String DOCKER = "the Docker runtime";
    private static final String PASSIVE = "passive health checks";

    static final Setting<String> IMAGE = Setting.later("image", DOCKER + "; until then use --process or --backends");
    static final Setting<List<String>> PROCESS = Setting.many("process", "\"CMD ...\"", Parsers.command())
            .saying("Run replicas as child processes of this command; each is told its port in PORT");
    static final Setting<List<Endpoint>> BACKENDS = Setting.many("backends", "HOST:PORT,...", Parsers.endpoints())
            .saying("Balance over a fixed pool that someone else runs");
    static final Setting<String> NAME =
            Setting.of("name", "NAME", Parsers.name()).saying("The service's name (default: from the command)");
    static final Setting<List<Map.Entry<String, String>>> ENV = Setting.many(
                    "env", "NAME=VALUE", Parser.each(Parsers.variable()))
            .saying("A variable for the replicas; repeatable");
    static final Setting<Integer> BASE_PORT = Setting.of("base-port", "N", wholeNumber(1, 65_535))
            .saying("Give replicas the ports N, N+1, ... (default: any free port)");

    static final Setting<InetSocketAddress> LISTEN = Setting.of("listen", "HOST:PORT", Parsers.address())
            .fallback("127.0.0.1:8080")
            .saying("Where clients come in");
    static final Setting<Integer> WORKERS = Setting.of("workers", "N", wholeNumber(1, 1024))
            .saying("Event loops of the listener (default: one for each core)");
    static final Setting<Balance> BALANCE = Setting.of("balance", "RULE", Balance::parse)
            .fallback("round-robin")
            .saying("Which replica takes a request: " + Balance.FORMS);

    static final Setting<String> ACCESS_LOG = Setting.of(
                    "access-log", "FILE|-", Parsers.nonEmpty("a file, or - for the standard output"))
            .saying("Write down each request, in a file or on the standard output");
    static final Setting<AccessLogPlan.Format> ACCESS_LOG_FORMAT = Setting.of(
                    "access-log-format", "json|common", oneOf(AccessLogPlan.Format.byName(), "json or common"))
            .fallback("json")
            .saying("As lines of JSON or in the common log format");

    static final Setting<Integer> MIN =
            Setting.of("min", "N", wholeNumber(1, 10_000)).fallback("1").saying("The fewest replicas");
    static final Setting<Integer> MAX =
            Setting.of("max", "N", wholeNumber(1, 10_000)).fallback("10").saying("The most replicas");
    static final Setting<PolicyKind> POLICY = Setting.of(
                    "policy", "POLICY", oneOf(PolicyKind.byName(), PolicyKind.EXPECTATION))
            .fallback("requests")
            .saying("How many replicas: by the count of requests in a window, by their rate, or always --min");
    static final Setting<Integer> BASE_SCALE_COUNT = Setting.of(
                    "base-scale-count", "N", wholeNumber(1, Integer.MAX_VALUE))
            .fallback("20")
            .saying("For requests: one more replica for each N requests of a window");
    static final Setting<Duration> WINDOW = Setting.of("window", "D", atLeast(Duration.ofSeconds(1)))
            .saying("The time that a policy looks back (default: 120s for requests, 10s for rps)");
    static final Setting<Double> TARGET = Setting.of("target", "N", Parsers.positive())
            .fallback("10")
            .saying("For rps: a replica's share of requests a second");

    static final Setting<String> HEALTH_PATH = Setting.of(
                    "health-path",
                    "PATH",
                    Parsers.text().when(text -> text.startsWith("/") || text.equals("off"), "a path from /, or off"))
            .fallback("/api/v1/_health")
            .saying("Asked of each replica; off: it is enough that it accepts connections");
    static final Setting<Duration> HEALTH_INTERVAL = Setting.of("health-interval", "D", atLeast(Duration.ofMillis(10)))
            .fallback("1s")
            .saying("How often");
    static final Setting<Duration> HEALTH_TIMEOUT = Setting.of("health-timeout", "D", atLeast(Duration.ofMillis(10)))
            .fallback("1s")
            .saying("How long an answer may take");
    static final Setting<Integer> RISE = Setting.of("rise", "N", wholeNumber(1, 1000))
            .fallback("1")
            .saying("Passed checks in a row until a replica serves");
    static final Setting<Integer> FALL = Setting.of("fall", "N", wholeNumber(1, 1000))
            .fallback("3")
            .saying("Failed checks in a row until it no longer does, and is replaced");
    static final Setting<Boolean> STRICT_HEALTH =
            Setting.toggle("strict-health").saying("One failed check replaces a replica");
    static final Setting<Duration> DRAIN = Setting.of("drain", "D", duration())
            .fallback("30s")
            .saying("How long a leaving replica may finish its requests");
    static final Setting<OnExit> ON_EXIT = Setting.of(
                    "on-exit", "leave|stop", oneOf(Map.of("leave", OnExit.LEAVE, "stop", OnExit.STOP), "leave or stop"))
            .fallback("leave")
            .saying("What becomes of the replicas when this program ends; the next start takes over what it left");

    static final Setting<String> CONFIG = Setting.of("config", "FILE", Parsers.nonEmpty("a file"))
            .saying("A YAML file of these settings, without the dashes");
    static final Setting<Boolean> DRY_RUN =
            Setting.toggle("dry-run").asFlagOnly().saying("Say what would run, and where each value comes from");
    static final Setting<Boolean> PLAIN =
            Setting.toggle("plain").saying("Plain lines without colour, as when the output is no terminal");

    private static final Setting<String> RUNTIME = Setting.later("runtime", DOCKER);
    private static final Setting<String> ADMIN = Setting.later("admin", "the admin listener");
    private static final List<Setting<String>> LATER = List.of(
            RUNTIME,
            Setting.later("build", DOCKER),
            Setting.later("container-port", DOCKER),
            Setting.later("volume", DOCKER),
            Setting.later("network", DOCKER),
            Setting.later("link", DOCKER),
            Setting.later("memory", DOCKER),
            Setting.later("cpus", DOCKER),
            Setting.later("pull", DOCKER),
            Setting.later("adopt", DOCKER),
            ADMIN,
            Setting.later("proxy", "the nginx proxy"),
            Setting.later("max-fails", PASSIVE),
            Setting.later("fail-timeout", PASSIVE));

    private UpSettings() {}

    static List<Setting<?>> all() {
        return Stream.of(
                        List.of(PROCESS, BACKENDS, IMAGE, NAME, ENV, BASE_PORT),
                        common(),
                        List.of(ON_EXIT, DRY_RUN),
                        LATER)
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /** Those that {@code demo} shares. */
    static List<Setting<?>> common() {
        return List.of(
                LISTEN,
                WORKERS,
                BALANCE,
                ACCESS_LOG,
                ACCESS_LOG_FORMAT,
                MIN,
                MAX,
                POLICY,
                BASE_SCALE_COUNT,
                WINDOW,
                TARGET,
                HEALTH_PATH,
                HEALTH_INTERVAL,
                HEALTH_TIMEOUT,
                RISE,
                FALL,
                STRICT_HEALTH,
                DRAIN,
                CONFIG,
                PLAIN);
    }

    /** Those that a file may hold, so that one file serves both commands. */
    static List<Setting<?>> inFile() {
        return all().stream()
                .filter(setting -> !setting.isFlagOnly() && setting != CONFIG)
                .toList();
    }

    static List<Setting<?>> laterInDemo() {
        return List.of(IMAGE, RUNTIME, ADMIN);
    }

    private static Parser.Single<Duration> atLeast(Duration least) {
        return duration()
                .when(
                        value -> value.compareTo(least) >= 0,
                        "a duration of " + Durations.text(least) + " or more, such as 500ms, 2s, 5m");
    }
}
