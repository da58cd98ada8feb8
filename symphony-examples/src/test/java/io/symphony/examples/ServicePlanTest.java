package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Given;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ServiceSpec;
import io.symphony.fleet.Source;
import io.symphony.health.EjectionPolicy;
import io.symphony.proxy.MaintenancePage;
import io.symphony.rollout.RollOutPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        "rps, '', 'requests a second (10 a replica over 10 s), cautious, down after 60 s, up by 4 or 100 % in 15 s,"
                + " down by 4 or 50 % in 15 s'",
        "rps, 5s, 'requests a second (10 a replica over 5 s), cautious, down after 60 s, up by 4 or 100 % in 15 s,"
                + " down by 4 or 50 % in 15 s'",
        "concurrency, '', 'concurrency (70 inside a replica over 60 s, panic over 6 s), cautious, dead band 10 %, down"
                + " after 60 s, up by 4 or 100 % in 15 s, down by 4 or 50 % in 15 s'",
        "auto, '', 'auto, cautious, dead band 10 %, down after 60 s, up by 4 or 100 % in 15 s, down by 4 or 50 % in 15"
                + " s'",
        "fixed, '', fixed at 1",
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
    void aRollOutGoesAsTheLibraryHasItUnlessItIsSaidOtherwise() {
        assertThat(plan(Map.of("process", "acts")).rollOut()).isEqualTo(RollOutPolicy.standard());
        Map<String, String> given = Map.of(
                "process", "acts",
                "rollout-step", "2",
                "rollout-watch", "1m",
                "rollout-settle", "10s",
                "rollout-attempts", "5",
                "rollout-slower", "2",
                "rollout-false-alarms", "1%");

        assertThat(plan(given).rollOut())
                .isEqualTo(RollOutPolicy.inStepsOf(2)
                        .withWatch(Duration.ofMinutes(1))
                        .withSettle(Duration.ofSeconds(10))
                        .withAttempts(5)
                        .tolerating(2, Duration.ofMillis(5))
                        .withFalseAlarms(0.01));
        assertThat(plan(Map.of("process", "acts", "rollout-step", "50%")).rollOut())
                .isEqualTo(RollOutPolicy.inShares(0.5));
    }

    @Test
    void aMaintenancePageMayBeOfOnesOwn(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("back-soon.html"), "<p>at eight</p>");

        assertThat(plan(Map.of("process", "acts")).front().maintenance().page()).isEqualTo(MaintenancePage.plain());
        assertThat(plan(Map.of(
                                "process", "acts",
                                "maintenance-page", file.toString(),
                                "maintenance-retry-after", "5m"))
                        .front()
                        .maintenance()
                        .page())
                .isEqualTo(new MaintenancePage("<p>at eight</p>", Duration.ofMinutes(5)));
        assertThatThrownBy(() -> plan(Map.of("process", "acts", "maintenance-page", folder + "/none.html"))
                        .front()
                        .maintenance()
                        .page())
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("none.html (expected: a file of HTML in UTF-8)");
    }

    @Test
    void theCalmMayBeAnotherOne() {
        Map<String, String> given = Map.of(
                "process", "acts",
                "policy", "requests",
                "stabilisation", "2m",
                "dead-band", "20%",
                "pace-up", "10,50%,30s",
                "pace-down", "off");

        assertThat(plan(given).scale().policy())
                .hasToString("requests (20 a replica in 120 s), cautious, dead band 20 %, down after 120 s,"
                        + " up by 10 or 50 % in 30 s, down by any number");
    }

    @Test
    void ofSeveralPoliciesTheLargestWantCountsAndHoursMayRaiseIt() {
        Map<String, String> given = Map.of(
                "process", "acts",
                "policy", "requests,schedule",
                "schedule", "mon-fri 08:00-18:00=5",
                "at-least", "sat 10:00-12:00=2",
                "zone", "Europe/Berlin");

        assertThat(plan(given).scale().policy())
                .hasToString("the largest of requests (20 a replica in 120 s), schedule (5 at mon,tue,wed,thu,fri"
                        + " 08:00-18:00 Europe/Berlin), at least 2 at sat 10:00-12:00 Europe/Berlin");
    }

    @Test
    void whatAPolicyFollowsIsMeasuredAndNothingElse() {
        ScalingSettings.GaugePlan latency =
                plan(Map.of("process", "acts", "policy", "latency")).scale().gauges();
        ScalingSettings.GaugePlan gauge = plan(Map.of(
                        "process", "acts", "policy", "gauge", "gauge", "/run/queue", "target", "100"))
                .scale()
                .gauges();

        assertThat(latency).isEqualTo(new ScalingSettings.GaugePlan(Optional.empty(), Optional.of(0.95)));
        assertThat(gauge).isEqualTo(new ScalingSettings.GaugePlan(Optional.of("/run/queue"), Optional.empty()));
        assertThat(plan(Map.of("process", "acts")).scale().gauges())
                .isEqualTo(new ScalingSettings.GaugePlan(Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "policy | many | test: many (expected: requests, rps, concurrency, latency, gauge, auto, schedule or"
                        + " fixed)",
                "pace-up | 4 | test: 4 (expected: a number, a share and a period of 100ms to 1h, such as 4,100%,15s,"
                        + " or off)",
                "dead-band | 10 | test: 10 (expected: a share of 0% to 99%, such as 10%)",
                "schedule | 8-18 | test: 8-18 (expected: hours and a number of replicas, such as mon-fri"
                        + " 08:00-18:00=5)",
                "zone | Mars | test: Mars (expected: a zone, such as Europe/Berlin or UTC)"
            })
    void whatIsWrittenWronglyIsRefusedWithWhatWasExpected(String key, String text, String problem) {
        assertThatThrownBy(() -> plan(Map.of("process", "acts", key, text))).hasMessageContaining(problem);
    }

    @Test
    void failingRequestsPutAReplicaOutAsInNginx() {
        assertThat(plan(Map.of("process", "acts")).health().policy().ejection()).isEqualTo(EjectionPolicy.standard());
        assertThat(plan(Map.of(
                                "process",
                                "acts",
                                "max-fails",
                                "3",
                                "fail-timeout",
                                "10s",
                                "fail-status",
                                "500,502-504",
                                "silence",
                                "off"))
                        .health()
                        .policy()
                        .ejection())
                .isEqualTo(new EjectionPolicy(3, Duration.ofSeconds(10), Set.of(500, 502, 503, 504), Duration.ZERO));
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
