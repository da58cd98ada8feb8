package io.symphony.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.ServiceSpec;
import io.symphony.health.HealthPolicy;
import io.symphony.rollout.RollOutPolicy;
import io.symphony.rollout.RollOutStage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Roll-outs of real processes, under constant load. */
@Tag("once")
@Timeout(180)
class RollOutIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PER_SECOND = 60;

    @TempDir
    Path records;

    private final String name = "rollout-it-" + ProcessHandle.current().pid();

    @Test
    void aNewVersionTakesTheFormersPlaceWithoutALostRequest() throws Exception {
        RollOutPolicy policy = RollOutPolicy.inStepsOf(1).withWatch(Duration.ofSeconds(2));
        try (Service service = Service.of(records, name, each -> each.rollingOut(policy))) {
            ServiceSpec next = service.orchestrator().spec().withEnv("VICTIM_VERSION", "2");
            Clients clients = Clients.sending(PER_SECOND, service.address());
            try {
                await().atMost(PATIENCE).until(() -> clients.ended().size() > PER_SECOND);
                service.orchestrator().rollOut(next);
                await().atMost(PATIENCE).until(() -> service.stage() == RollOutStage.DONE);
                int after = clients.ended().size() + PER_SECOND;
                await().atMost(PATIENCE).until(() -> clients.ended().size() > after);
            } finally {
                clients.stop();
            }

            List<Clients.Ended> ended = clients.ended();
            assertThat(ended.stream().filter(each -> !each.isWell())).isEmpty();
            assertThat(ended.stream().filter(Clients.Ended::isPost)).isNotEmpty();
            assertThat(service.status().replicas())
                    .hasSize(3)
                    .allMatch(each -> each.version().equals(next.version()));
            say("a good version", ended, service);
        }
    }

    @Test
    void aVersionThatIsNeverWellIsTakenBackAndNoClientSeesIt() throws Exception {
        RollOutPolicy policy = RollOutPolicy.inStepsOf(1).withAttempts(1);
        HealthPolicy health = HealthPolicy.every(Duration.ofMillis(500)).withStartTimeout(Duration.ofSeconds(5));
        try (Service service =
                Service.of(records, name, each -> each.rollingOut(policy).health(health))) {
            Clients clients = rolledBack(service, "SICK");
            assertThat(clients.ended().stream().filter(each -> !each.isWell())).isEmpty();
            assertThat(service.status().rollOut().reason()).contains("not well within 5.0 s");
        }
    }

    @Test
    void aVersionThatAnswersErrorsIsTakenBack() throws Exception {
        RollOutPolicy policy = RollOutPolicy.inStepsOf(1).withWatch(PATIENCE);
        try (Service service = Service.of(records, name, each -> each.rollingOut(policy))) {
            Clients clients = rolledBack(service, "ERRORS");
            List<Clients.Ended> unwell =
                    clients.ended().stream().filter(each -> !each.isWell()).toList();
            assertThat(unwell).isNotEmpty().allMatch(each -> each.status() == 500);
            assertThat(service.status().rollOut().reason()).contains("requests failed at the new version");
        }
    }

    @Test
    void aVersionThatIsSlowIsTakenBackAndNoRequestFails() throws Exception {
        RollOutPolicy policy = RollOutPolicy.inStepsOf(1).withWatch(PATIENCE).withSettle(Duration.ofSeconds(1));
        try (Service service = Service.of(records, name, each -> each.rollingOut(policy))) {
            Clients clients = rolledBack(service, "SLOW");
            assertThat(clients.ended().stream().filter(each -> !each.isWell())).isEmpty();
            assertThat(service.status().rollOut().reason()).contains("ms a request at the new version");
        }
    }

    private static Clients rolledBack(Service service, String mode) throws Exception {
        String former = service.orchestrator().spec().version();
        Clients clients = Clients.sending(PER_SECOND, service.address());
        try {
            service.orchestrator().rollOut(service.orchestrator().spec().withEnv("VICTIM_MODE", mode));
            await().atMost(PATIENCE).until(() -> service.stage() == RollOutStage.REVERTED);
        } finally {
            clients.stop();
        }
        assertThat(service.status().replicas().stream()
                        .filter(each -> !each.phase().leaving()))
                .hasSize(3)
                .allMatch(each -> each.version().equals(former));
        say("a version that is " + mode, clients.ended(), service);
        return clients;
    }

    private static void say(String what, List<Clients.Ended> ended, Service service) {
        System.out.println("Roll-out of " + what + ": " + ended.size() + " requests, "
                + ended.stream().filter(each -> !each.isWell()).count() + " not well; "
                + service.status().rollOut().stage() + " after "
                + service.status().rollOut().since().toMillis()
                + " ms: " + service.status().rollOut().reason());
    }
}
