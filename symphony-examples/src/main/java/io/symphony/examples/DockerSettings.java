package io.symphony.examples;

import io.symphony.examples.config.Setting;
import java.util.List;

/** How replicas run as containers. */
final class DockerSettings {
    private static final String DOCKER = "the Docker runtime";

    private DockerSettings() {}

    static List<Setting<?>> all() {
        return List.of(
                Setting.later("build", DOCKER),
                Setting.later("container-port", DOCKER),
                Setting.later("volume", DOCKER),
                Setting.later("network", DOCKER),
                Setting.later("link", DOCKER),
                Setting.later("memory", DOCKER),
                Setting.later("cpus", DOCKER),
                Setting.later("pull", DOCKER),
                Setting.later("adopt", DOCKER));
    }
}
