package io.symphony.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.symphony.scaling.ScalingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes leave under load, and no client notices. */
@Timeout(180)
class ScaleDownIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PER_SECOND = 1_000;

    @TempDir
    Path records;

    @Test
    void nineOfTenLeaveUnderAThousandRequestsASecondWithoutALostOne() throws Exception {
        String name = "scale-down-it-" + ProcessHandle.current().pid();
        try (Service service =
                Service.of(records, name, each -> each.between(1, 10).scaling(ScalingPolicy.fixed(10)))) {
            assertThat(service.orchestrator().awaitReady(10, PATIENCE)).isTrue();

            Run run = Run.through(service, PER_SECOND, Duration.ofSeconds(1), () -> {
                service.orchestrator().scaleTo(1);
                await().atMost(PATIENCE).until(() -> service.status().replicas().size() == 1);
            });

            System.out.println("10 to 1 under load: " + run.count(each -> true) + " requests, "
                    + run.count(each -> !each.isWell()) + " not well");
            assertThat(run.failed("GET")).isEmpty();
            assertThat(run.failed("POST")).isEmpty();
        }
    }
}
