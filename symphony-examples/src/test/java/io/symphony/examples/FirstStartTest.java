package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.OnExit;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Layer;
import io.symphony.examples.config.Problems;
import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstStartTest {
    private final FirstStart first = new FirstStart(plan(ServiceSpec.command("acts", "acts")));

    @Test
    void aReplicaThatServesSettlesIt() {
        say(Kind.STARTING, "started");
        assertThat(first.outcome()).isNotDone();

        say(Kind.READY, "well");
        say(Kind.START_FAILED, "a later one; again in 1 s");
        assertThat(first.outcome()).isCompletedWithValue(Optional.empty());
    }

    @Test
    void aFailureSettlesItWithoutTheAttemptThatWillNotCome() {
        say(Kind.START_FAILED, "no such file; tried in the wrong place; again in 1 s");

        assertThat(first.failure()).contains("acts-1: no such file; tried in the wrong place");
    }

    @Test
    void whatWasTakenOverIsNotEndedBecauseAnotherOneFails() {
        say(Kind.ADOPTED, "taken over");
        say(Kind.START_FAILED, "no such file; again in 1 s");

        assertThat(first.failure()).isEmpty();
    }

    @Test
    void aFixedPoolIsNotWaitedFor() {
        ServiceSpec pool = ServiceSpec.backends("acts", List.of(Endpoint.local(8081)));

        assertThat(new FirstStart(plan(pool)).outcome()).isCompletedWithValue(Optional.empty());
    }

    private void say(Kind kind, String text) {
        first.on(new Event(1, Instant.EPOCH, kind, Optional.of(new ReplicaId("acts", 1)), text));
    }

    private static ServicePlan plan(ServiceSpec spec) {
        Configuration values = Configuration.resolve(UpSettings.all(), List.of(Layer.fallbacks()), new Problems());
        return ServicePlan.of(values, spec, new RuntimePlan.Nobody(), OnExit.STOP);
    }
}
