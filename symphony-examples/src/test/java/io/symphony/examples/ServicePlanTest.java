package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePlanTest {

    @Test
    void withoutAWordTheDefaultsHold() {
        ServicePlan plan = plan(Map.of("process", "acts"));

        assertThat(plan.scale().min()).isEqualTo(1);
        assertThat(plan.scale().max()).isEqualTo(10);
        assertThat(plan.scale().policy()).hasToString("requests (20 a replica in 120 s)");
        assertThat(plan.health().policy().fall()).isEqualTo(3);
        assertThat(plan.health().path()).contains("/api/v1/_health");
        assertThat(plan.drain()).isEqualTo(Duration.ofSeconds(30));
        assertThat(plan.isFixedPool()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "rps, '', requests a second (10 a replica over 10 s)",
        "rps, 5s, requests a second (10 a replica over 5 s)",
        "requests, 30s, requests (20 a replica in 30 s)"
    })
    void aPolicyHasAWindowOfItsOwnUnlessOneIsGiven(String policy, String window, String expected) {
        assertThat(plan(Map.of("process", "acts", "policy", policy, "window", window))
                        .scale()
                        .policy())
                .hasToString(expected);
    }

    @Test
    void strictHealthTakesAReplicaOutAtTheFirstFailure() {
        assertThat(plan(Map.of("process", "acts", "strict-health", "true"))
                        .health()
                        .policy()
                        .fall())
                .isEqualTo(1);
    }

    @Test
    void healthCanBeOff() {
        assertThat(plan(Map.of("process", "acts", "health-path", "off"))
                        .health()
                        .path())
                .isEmpty();
    }

    @Test
    void backendsAreAFixedPool() {
        ServicePlan plan = plan(Map.of("backends", "a:1,b:2"));

        assertThat(plan.isFixedPool()).isTrue();
        assertThat(plan.spec().source())
                .isEqualTo(ServiceSpec.backends("x", List.of(new Endpoint("a", 1), new Endpoint("b", 2)))
                        .source());
    }

    @Test
    void theCommandAndItsVariablesMakeTheService() {
        ServiceSpec spec = plan(Map.of("process", "run 'my acts'", "env", "A=1", "name", "acts"))
                .spec();

        assertThat(spec.name()).isEqualTo("acts");
        assertThat(spec.source()).isEqualTo(new Source.Command(List.of("run", "my acts")));
        assertThat(spec.env()).isEqualTo(Map.of("A", "1"));
    }

    @Test
    void anImageMakesContainersThatAreNamedAfterIt() {
        ServicePlan plan = plan(Map.of("image", "127.0.0.1:5000/team/acts:1.4", "env", "A=1"));

        assertThat(plan.spec())
                .isEqualTo(ServiceSpec.image("acts", "127.0.0.1:5000/team/acts:1.4")
                        .withEnv("A", "1"));
        assertThat(plan.runtime()).isInstanceOf(ContainersPlan.class);
    }

    @ParameterizedTest
    @CsvSource({
        "acts, acts",
        "acts:1.4, acts",
        "registry.acme.io/team/My_Acts@sha256:0123, my-acts",
        "127.0.0.1:5000/acts:1, acts"
    })
    void registryPathAndVersionAreNoPartOfAName(String image, String name) {
        assertThat(ServiceNames.of(image)).isEqualTo(name);
    }

    @Test
    void twoCommandsOfTheSameProgramHaveTwoNames() {
        String one = ServiceNames.of(List.of("/usr/bin/Java", "-jar", "a.jar"));
        String other = ServiceNames.of(List.of("/usr/bin/Java", "-jar", "b.jar"));

        assertThat(one).matches("java-[0-9a-f]{4}").isNotEqualTo(other);
        assertThat(ServiceNames.of(List.of("/"))).matches("[a-z]+-[0-9a-f]{4}");
    }

    private static ServicePlan plan(Map<String, String> given) {
        Problems problems = new Problems();
        Layer layer = setting -> Optional.ofNullable(given.get(setting.key()))
                .filter(text -> !text.isEmpty())
                .map(text -> new Given(List.of(text), "test"));
        Configuration values = Configuration.resolve(UpSettings.all(), List.of(layer, Layer.fallbacks()), problems);
        problems.throwIfAny();
        return ServicePlan.of(
                values, SourceSettings.spec(values), SourceSettings.runtime(values), values.value(RunSettings.ON_EXIT));
    }
}
