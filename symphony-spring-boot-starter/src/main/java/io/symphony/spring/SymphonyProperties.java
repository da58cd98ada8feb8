package io.symphony.spring;

import io.symphony.OnExit;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.routing.RoutingPolicy;
import io.symphony.scaling.ScalingPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code symphony.*} says.
 *
 * <pre>{@code
 * symphony.name=acts
 * symphony.command=java,-jar,acts.jar
 * symphony.min=2
 * symphony.policy=rps
 * symphony.forward=/*
 * }</pre>
 *
 * @param enabled whether there is an orchestrator at all
 * @param name the service, and its replicas' owner
 * @param command what starts a replica as a child process, word by word
 * @param image what its containers are made from
 * @param backends a fixed pool that somebody else runs, host:port each
 * @param containerPort where a container listens
 * @param env the replicas' environment
 * @param min the fewest replicas
 * @param max the most replicas
 * @param policy what scaling goes by
 * @param target a replica's share: of requests in the window, of requests a second, or of those inside
 * @param window how far back scaling looks
 * @param balance which replica takes a request
 * @param healthPath what a replica is asked each second
 * @param awaitReady how long the application's start waits for its first replica, before it takes requests
 * @param drain how long a replica that leaves may finish its requests
 * @param onExit what becomes of the replicas when the application ends
 * @param forward the paths that are forwarded to replicas, as a servlet's mapping; none when it is empty
 */
@ConfigurationProperties("symphony")
public record SymphonyProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("service") String name,
        @DefaultValue List<String> command,
        @DefaultValue("") String image,
        @DefaultValue List<String> backends,
        @DefaultValue("80") int containerPort,
        @DefaultValue Map<String, String> env,
        @DefaultValue("1") int min,
        @DefaultValue("10") int max,
        @DefaultValue("requests") Policy policy,
        @Nullable Double target,
        @Nullable Duration window,
        @DefaultValue("round-robin") Balance balance,
        @DefaultValue("/api/v1/_health") String healthPath,
        @DefaultValue("30s") Duration awaitReady,
        @DefaultValue("30s") Duration drain,
        @DefaultValue("stop") OnExit onExit,
        @DefaultValue("") String forward) {

    /** What scaling goes by. */
    public enum Policy {
        /** The requests of a window. */
        REQUESTS(20, Duration.ofMinutes(2)),
        /** Requests a second. */
        RPS(10, Duration.ofSeconds(10)),
        /** Requests inside. */
        CONCURRENCY(70, Duration.ZERO),
        /** What a replica turns out to carry. */
        AUTO(0, Duration.ZERO);

        private final double target;
        private final Duration window;

        Policy(double target, Duration window) {
            this.target = target;
            this.window = window;
        }
    }

    /** Which replica takes a request. */
    public enum Balance {
        ROUND_ROBIN,
        LEAST_CONNECTIONS,
        TWO_CHOICES,
        HASH
    }

    ServiceSpec spec() {
        return new ServiceSpec(name, source(), env);
    }

    private Source source() {
        long given = Stream.of(!command.isEmpty(), !image.isEmpty(), !backends.isEmpty())
                .filter(each -> each)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException(
                    "symphony: " + given + " of command, image and backends are given (expected: exactly one)");
        }
        if (!command.isEmpty()) {
            return new Source.Command(command);
        }
        return image.isEmpty() ? pool() : new Source.Image(image);
    }

    private Source pool() {
        return new Source.Backends(backends.stream()
                .map(each -> new Source.Backend(Endpoint.parse(each), 1))
                .toList());
    }

    boolean isPool() {
        return !backends.isEmpty();
    }

    ScalingPolicy scaling() {
        double share = target == null ? policy.target : target;
        Duration back = window == null ? policy.window : window;
        return switch (policy) {
            case REQUESTS -> ScalingPolicy.requests((int) share, back);
            case RPS -> ScalingPolicy.requestsPerSecond(share, back);
            case CONCURRENCY -> ScalingPolicy.concurrency(share);
            case AUTO -> ScalingPolicy.auto();
        };
    }

    RoutingPolicy balancing() {
        return switch (balance) {
            case ROUND_ROBIN -> RoutingPolicy.roundRobin();
            case LEAST_CONNECTIONS -> RoutingPolicy.leastConnections();
            case TWO_CHOICES -> RoutingPolicy.twoChoices();
            case HASH -> RoutingPolicy.hash();
        };
    }
}
