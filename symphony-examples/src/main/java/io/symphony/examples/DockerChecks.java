package io.symphony.examples;

import io.symphony.docker.PullPolicy;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import io.symphony.spi.ContainerRuntime;
import java.util.Map;
import java.util.regex.Pattern;

/** What the settings of containers must hold to together. */
record DockerChecks(ServiceChecks checks) {

    /** The library's own words for what we call otherwise. */
    private static final Map<String, String> OUR_WORDS = Map.of(
            "publishOn:", "publish-on:",
            "containerAddress()", "container-address",
            "certificates:", "DOCKER_CERT_PATH:",
            "host:", "DOCKER_HOST:");

    void all() {
        wiring();
        reach();
        swarm();
        build();
        if (checks.problems().sentences().isEmpty()) {
            engine();
        }
    }

    private void wiring() {
        if (!isGiven(DockerSettings.NETWORK)) {
            checks.refuse(DockerSettings.NETWORK_ALIAS, "together with network; Docker's own bridge has no aliases");
        }
    }

    private void reach() {
        if (values().find(DockerSettings.CONTAINER_ADDRESS).orElse(false)) {
            String expectation = "not together with container-address, which publishes no port";
            checks.refuse(DockerSettings.PUBLISH_ON, expectation);
            checks.refuse(SourceSettings.BASE_PORT, expectation);
        }
    }

    private void swarm() {
        if (DockerSettings.isOnSwarm(values())) {
            checks.refuse(DockerSettings.LINK, "none on a swarm, whose services find each other by name in a network");
            checks.refuse(DockerSettings.PUBLISH_ON, "none on a swarm, where a port is open on its whole node");
            checks.refuse(
                    DockerSettings.CONTAINER_ADDRESS, "none on a swarm, whose replicas have a port of their node");
            checks.refuse(DockerSettings.ADOPT, "none on a swarm, where only our own replicas are taken over");
        }
    }

    private void build() {
        boolean always = values().find(DockerSettings.PULL)
                .filter(pull -> pull == PullPolicy.ALWAYS)
                .isPresent();
        if (always && isGiven(DockerSettings.BUILD)) {
            checks.refuse(DockerSettings.PULL, "not always together with build, for what was built is in no registry");
        }
    }

    /** Where the Docker Engine is, comes from its own variables; what is wrong with them, the library finds. */
    private void engine() {
        try {
            DockerSettings.plan("any", values()).open().ifPresent(ContainerRuntime::close);
        } catch (IllegalArgumentException e) {
            checks.problems().add(inOurWords(String.valueOf(e.getMessage())));
        }
    }

    private static String inOurWords(String message) {
        String text = message;
        for (Map.Entry<String, String> each : OUR_WORDS.entrySet()) {
            text = text.replaceAll("(?<![\\w:/-])" + Pattern.quote(each.getKey()), each.getValue());
        }
        return text;
    }

    private boolean isGiven(Setting<?> setting) {
        return values().isGiven(setting);
    }

    private Configuration values() {
        return checks.values();
    }
}
