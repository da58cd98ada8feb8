package io.symphony.examples;

import static io.symphony.examples.config.Parsers.accepted;
import static io.symphony.examples.config.Parsers.command;
import static io.symphony.examples.config.Parsers.list;
import static io.symphony.examples.config.Parsers.nonEmpty;
import static io.symphony.examples.config.Parsers.oneOf;
import static io.symphony.examples.config.Parsers.text;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.docker.ContainerOptions;
import io.symphony.docker.DockerRuntime;
import io.symphony.docker.DockerRuntimeBuilder;
import io.symphony.docker.PullPolicy;
import io.symphony.examples.ContainersPlan.Engine;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Setting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How replicas run as containers, and how they are reached. */
final class DockerSettings {
    private static final ContainerOptions SECURE = ContainerOptions.secure();
    private static final Map<String, PullPolicy> PULLS =
            Map.of("always", PullPolicy.ALWAYS, "missing", PullPolicy.MISSING, "never", PullPolicy.NEVER);

    static final Setting<Path> BUILD =
            Setting.of("build", "DIR", directory()).saying("Build the image from this directory's Dockerfile first");
    static final Setting<PullPolicy> PULL = Setting.of(
                    "pull", "always|missing|never", oneOf(PULLS, "always, missing or never"))
            .fallback("missing")
            .saying("When the image is fetched from its registry, before the first replica");
    static final Setting<Integer> CONTAINER_PORT = Setting.of("container-port", "N", wholeNumber(1, 65_535))
            .fallback("80")
            .saying("Where the service listens inside its container");
    static final Setting<List<String>> COMMAND = Setting.many("command", "\"CMD ...\"", command())
            .saying("What a container runs (default: what its image says)");
    static final Setting<List<String>> VOLUME = Setting.many(
                    "volume",
                    "SOURCE:PATH[:ro]",
                    list(accepted(DockerSettings::absolute, SECURE::withVolume, "SOURCE:/PATH[:ro]")))
            .saying("A directory or a named volume for the containers; repeatable");
    static final Setting<String> NETWORK = Setting.of(
                    "network",
                    "NAME",
                    accepted(text(), SECURE::withNetwork, "a network in which each replica has an address of its own"))
            .saying("The network that the containers join (default: Docker's bridge)");
    static final Setting<List<String>> NETWORK_ALIAS = Setting.many(
                    "network-alias", "NAME", list(nonEmpty("a name such as acts")))
            .saying("One more name of all replicas in that network; repeatable");
    static final Setting<List<String>> LINK = Setting.many(
                    "link",
                    "NAME[:ALIAS]",
                    list(accepted(text(), SECURE::withLink, "NAME[:ALIAS] of a container that runs")))
            .saying("A container, such as a database's, that replicas see under its name or an alias; repeatable");
    static final Setting<String> PUBLISH_ON = Setting.of(
                    "publish-on",
                    "ADDRESS",
                    accepted(
                            text(),
                            address -> DockerRuntime.builder().publishOn(address),
                            "one address of the Docker Engine's machine; a wildcard opens the port to every network"))
            .saying("The address that replicas are published on (default: 127.0.0.1)");
    static final Setting<Boolean> CONTAINER_ADDRESS = Setting.toggle("container-address")
            .saying("Publish nothing; go to each container's own address in its network, on Linux");
    static final Setting<Boolean> ADOPT = Setting.toggle("adopt")
            .saying("Also take over running containers of the image that somebody else started (ours always are)");

    private DockerSettings() {}

    static List<Setting<?>> all() {
        return Stream.of(
                        List.of(BUILD, PULL, CONTAINER_PORT, COMMAND, VOLUME, NETWORK, NETWORK_ALIAS, LINK),
                        List.of(PUBLISH_ON, CONTAINER_ADDRESS, ADOPT),
                        ConfinementSettings.all())
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    static ContainersPlan plan(String image, Configuration values) {
        DockerRuntimeBuilder runtime = runtime(values);
        return new ContainersPlan(
                image,
                values.find(BUILD),
                values.value(PULL),
                values.value(ADOPT) ? runtime.adopting(image) : runtime,
                isOnSwarm(values) ? Engine::swarm : Engine::docker);
    }

    static boolean isOnSwarm(Configuration values) {
        return values.find(SourceSettings.RUNTIME)
                .filter(kind -> kind == SourceSettings.Kind.SWARM)
                .isPresent();
    }

    private static DockerRuntimeBuilder runtime(Configuration values) {
        DockerRuntimeBuilder builder = DockerRuntime.builder()
                .containerPort(values.value(CONTAINER_PORT))
                .options(options(values));
        values.find(SourceSettings.BASE_PORT).ifPresent(builder::basePort);
        values.find(PUBLISH_ON).ifPresent(builder::publishOn);
        return values.value(CONTAINER_ADDRESS) ? builder.containerAddress() : builder;
    }

    private static ContainerOptions options(Configuration values) {
        ContainerOptions options = ConfinementSettings.options(values)
                .withCommand(values.find(COMMAND).orElse(List.of()).toArray(String[]::new));
        for (String volume : values.find(VOLUME).orElse(List.of())) {
            options = options.withVolume(volume);
        }
        options = values.find(NETWORK).map(options::withNetwork).orElse(options);
        for (String alias : values.find(NETWORK_ALIAS).orElse(List.of())) {
            options = options.withAlias(alias);
        }
        for (String link : values.find(LINK).orElse(List.of())) {
            options = options.withLink(link);
        }
        return options;
    }

    /** The Engine knows no directory that we might be in. */
    private static String absolute(String volume) {
        int colon = volume.indexOf(':');
        return volume.startsWith(".") && colon > 0
                ? Path.of(volume.substring(0, colon)).toAbsolutePath().normalize() + volume.substring(colon)
                : volume;
    }

    private static Parser.Single<Path> directory() {
        Parser.Single<Path> path = text -> Path.of(text.strip());
        return path.when(
                directory -> Files.isRegularFile(directory.resolve("Dockerfile")), "a directory with a Dockerfile");
    }
}
