package io.symphony.examples;

import static io.symphony.examples.config.Parsers.oneOf;
import static io.symphony.examples.config.Parsers.wholeNumber;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Parser;
import io.symphony.examples.config.Parsers;
import io.symphony.examples.config.Setting;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the replicas are made from. */
final class SourceSettings {
    private static final Pattern IMAGE_REFERENCE =
            Pattern.compile("[A-Za-z0-9][\\w.:/-]*(@sha256:[0-9a-f]{64})?|sha256:[0-9a-f]{64}");

    static final Setting<List<String>> PROCESS = Setting.many("process", "\"CMD ...\"", Parsers.command())
            .saying("Run replicas as child processes of this command; each is told its port in PORT");
    static final Setting<List<Endpoint>> BACKENDS = Setting.many("backends", "HOST:PORT,...", Parsers.endpoints())
            .saying("Balance over a fixed pool that someone else runs");
    static final Setting<String> IMAGE =
            Setting.of("image", "REF", imageReference()).saying("Run replicas as containers of this image");
    static final Setting<Kind> RUNTIME = Setting.of(
                    "runtime", "docker|swarm|process", oneOf(Kind.byName(), "docker, swarm or process"))
            .saying("What runs them (default: by what is given)");
    static final Setting<String> NAME = Setting.of("name", "NAME", Parsers.name())
            .saying("The service's name (default: from the image or the command)");
    static final Setting<List<Map.Entry<String, String>>> ENV = Setting.many(
                    "env", "NAME=VALUE", Parser.each(Parsers.variable()))
            .asSecretValues()
            .saying("A variable for the replicas; repeatable");
    static final Setting<Integer> BASE_PORT = Setting.of("base-port", "N", wholeNumber(1, 65_535))
            .saying("Give replicas the ports N, N+1, ... (default: any free port)");

    private SourceSettings() {}

    static List<Setting<?>> all() {
        return List.of(IMAGE, PROCESS, BACKENDS, RUNTIME, NAME, ENV, BASE_PORT);
    }

    /** The service as {@code up} was told of it. */
    static ServiceSpec spec(Configuration values) {
        Optional<List<Endpoint>> backends = values.find(BACKENDS);
        if (backends.isPresent()) {
            return ServiceSpec.backends(values.find(NAME).orElse("backends"), backends.get());
        }
        Optional<String> image = values.find(IMAGE);
        if (image.isPresent()) {
            String name = values.find(NAME).orElseGet(() -> ServiceNames.of(image.get()));
            return withEnv(ServiceSpec.image(name, image.get()), values);
        }
        List<String> words = values.value(PROCESS);
        String name = values.find(NAME).orElseGet(() -> ServiceNames.of(words));
        return withEnv(ServiceSpec.command(name, words.toArray(String[]::new)), values);
    }

    static RuntimePlan runtime(Configuration values) {
        if (values.find(BACKENDS).isPresent()) {
            return new RuntimePlan.Nobody();
        }
        return values.find(IMAGE)
                .<RuntimePlan>map(image -> DockerSettings.plan(image, values))
                .orElseGet(() -> new RuntimePlan.Processes(values.find(BASE_PORT)));
    }

    private static Parser.Single<String> imageReference() {
        return Parsers.text().when(text -> IMAGE_REFERENCE.matcher(text).matches(), "an image such as acts:1.4");
    }

    static ServiceSpec withEnv(ServiceSpec spec, Configuration values) {
        ServiceSpec result = spec;
        for (Map.Entry<String, String> variable : values.find(ENV).orElse(List.of())) {
            result = result.withEnv(variable.getKey(), variable.getValue());
        }
        return result;
    }

    /** What can run replicas. */
    enum Kind {
        DOCKER,
        SWARM,
        PROCESS;

        static Map<String, Kind> byName() {
            return Map.of("docker", DOCKER, "swarm", SWARM, "process", PROCESS);
        }
    }
}
