package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.health.FailureReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuditTest {

    private static final long LOOK = Duration.ofMillis(100).toNanos();

    private final Traffic traffic = new Traffic();
    private long accepted;
    private int inside;
    private int waiting;
    private long now;
    private final Audit audit = new Audit(() -> accepted, traffic, () -> waiting, now);

    @Test
    void whatIsInsideWaitsOrHasEndedIsAccountedFor() {
        accepted = 6;
        inside = 2;
        waiting = 1;
        traffic.completed();
        traffic.abandoned();
        traffic.failed(FailureReason.RESET);
        look(20);

        assertThat(audit.unaccounted()).isZero();
    }

    @Test
    void whatIsMissingForASecondIsUnaccountedFor() {
        accepted = 5;
        inside = 2;
        look(9);
        assertThat(audit.unaccounted())
                .as("a thread may stand between two of its counts")
                .isZero();
        look(1);
        assertThat(audit.unaccounted()).isEqualTo(3);

        inside = 5;
        look(1);
        assertThat(audit.unaccounted()).as("there they are").isZero();
    }

    @Test
    void looksInQuickSuccessionAreOneLook() {
        accepted = 1;
        for (int i = 0; i < 50; i++) {
            audit.look(() -> inside, now += LOOK / 10);
        }

        assertThat(audit.unaccounted()).isZero();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            audit.look(() -> inside, now += LOOK);
        }
    }
}
