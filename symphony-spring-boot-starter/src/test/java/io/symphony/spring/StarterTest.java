package io.symphony.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.symphony.Orchestrator;
import io.symphony.fleet.ReplicaId;
import io.symphony.micrometer.OrchestratorMetrics;
import io.symphony.testing.InProcessRuntime;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/** The example, in Boot's own Tomcat. */
class StarterTest {

    private static final InProcessRuntime RUNTIME = new InProcessRuntime();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(InSpringBoot.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("runtime", RUNTIME))
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=off",
                        "--management.endpoints.web.exposure.include=health,symphony",
                        "--management.endpoint.health.show-details=always",
                        "--symphony.name=acts",
                        "--symphony.command=in-process",
                        "--symphony.min=2",
                        "--symphony.max=4",
                        "--symphony.forward=/acts/*",
                        "--symphony.drain=1s");
    }

    @AfterAll
    static void end() {
        Orchestrator acts = application.getBean(Orchestrator.class);
        application.close();
        RUNTIME.close();
        assertThat(acts.status().requests().open()).isZero();
    }

    @Test
    void requestsGoToReplicasAndToTheApplicationItself() throws Exception {
        HttpResponse<String> forwarded = CLIENT.send(
                HttpRequest.newBuilder(at("/acts/7"))
                        .POST(BodyPublishers.ofString("hello"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(forwarded.body()).isEqualTo("hello");
        assertThat(forwarded.headers().firstValue("X-Replica").orElseThrow()).startsWith("acts-");
        assertThat(get("/own")).isEqualTo("answered here");
    }

    @Test
    void theEndpointScalesAndADeadReplicaCostsNoRequest() throws Exception {
        HttpRequest three = HttpRequest.newBuilder(at("/actuator/symphony"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"replicas\":3}"))
                .build();
        assertThat(CLIENT.send(three, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
        Orchestrator acts = application.getBean(Orchestrator.class);
        await().until(() -> acts.status().ready() == 3);
        ReplicaId dead = acts.status().replicas().get(0).id();
        RUNTIME.kill(dead);
        for (int i = 0; i < 6; i++) {
            assertThat(get("/acts/")).isEmpty();
        }
        assertThat(get("/actuator/symphony")).contains("\"service\":\"acts\"", "\"target\":3", "acts-3");
    }

    @Test
    void healthFiguresAndDiscoveryKnowTheReplicas() throws Exception {
        assertThat(get("/actuator/health")).contains("\"symphony\":{", "\"status\":\"UP\"", "\"service\":\"acts\"");
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        application.getBean(OrchestratorMetrics.class).bindTo(registry);
        assertThat(registry.get("symphony.replicas.target").gauge().value()).isGreaterThanOrEqualTo(2);
        assertThat(application
                        .getBean("symphonyDiscoveryClient", DiscoveryClient.class)
                        .getInstances("acts"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(replica -> replica.getInstanceId().startsWith("acts-"));
    }

    @Test
    void whatIsToRunMustBeSaidOnce() {
        SpringApplicationBuilder silent = new SpringApplicationBuilder(InSpringBoot.class);
        assertThatThrownBy(() ->
                        silent.run("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=off"))
                .hasStackTraceContaining("0 of command, image and backends are given (expected: exactly one)");
    }

    @Test
    void everyPropertyIsDescribed() throws Exception {
        try (InputStream file =
                SymphonyProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            String metadata = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Arrays.stream(SymphonyProperties.class.getRecordComponents())
                            .map(RecordComponent::getName)
                            .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)))
                    .allMatch(name -> metadata.contains("\"symphony." + name + "\""));
        }
    }

    private static String get(String target) throws Exception {
        HttpResponse<String> response =
                CLIENT.send(HttpRequest.newBuilder(at(target)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(target).isEqualTo(200);
        return response.body();
    }

    private static URI at(String target) {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + target);
    }
}
