package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.fleet.ServiceSpec;
import io.symphony.scaling.ReplicaQuota;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.Target;
import io.symphony.testing.FakeProbe;
import io.symphony.testing.FakeRuntime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several orchestrators, each with a control thread of its own, that share what a host can carry. */
class SharedQuotaTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReplicaQuota host = ReplicaQuota.of(6);
    private final AtomicInteger lowWants = new AtomicInteger(5);
    private final AtomicInteger highWants = new AtomicInteger(1);

    private Orchestrator service(String name, int min, int priority, AtomicInteger wanted) {
        ScalingPolicy policy = view -> new Target(wanted.get(), wanted + " wanted");
        return Orchestrator.of(ServiceSpec.command(name, name))
                .runtime(new FakeRuntime())
                .probe(new FakeProbe())
                .between(min, 10)
                .scaling(policy)
                .sharing(host, priority)
                .start();
    }

    private static void awaitReady(Orchestrator service, int replicas) {
        await(service.name() + " has " + replicas)
                .atMost(PATIENCE)
                .until(() -> service.status().ready() == replicas);
    }

    @Test
    void theLowerPriorityGivesWayDownToItsMinimumAndComesBackWhenItMay() {
        try (Orchestrator low = service("low", 2, 1, lowWants);
                Orchestrator high = service("high", 1, 2, highWants)) {
            awaitReady(low, 5);
            awaitReady(high, 1);

            highWants.set(9);
            awaitReady(high, 4);
            awaitReady(low, 2);
            assertThat(low.status().reason()).isEqualTo("5 wanted; limited from 5 to 2, for others share the quota");

            highWants.set(1);
            awaitReady(low, 5);
        }
    }

    @Test
    void anOrderByHandIsLimitedTooAndWhoClosesLeavesItsPart() {
        try (Orchestrator low = service("low", 1, 1, lowWants)) {
            try (Orchestrator high = service("high", 1, 2, highWants)) {
                high.scaleTo(8);
                awaitReady(high, 5);
                awaitReady(low, 1);
            }
            awaitReady(low, 5);
        }
    }

    @Test
    void whoseMinimumDoesNotFitInDoesNotStart() {
        try (Orchestrator low = service("low", 4, 1, lowWants)) {
            awaitReady(low, 5);

            assertThatThrownBy(() -> service("high", 3, 2, highWants))
                    .hasMessageStartingWith("min: 3 (expected: the minimums of all who share 6 replicas to fit in");
        }
    }
}
