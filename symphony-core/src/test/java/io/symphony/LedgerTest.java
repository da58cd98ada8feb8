package io.symphony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.ReplicaId;
import io.symphony.health.FailureReason;
import io.symphony.routing.ShedReason;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Every request has one end, and is counted there. */
class LedgerTest extends OrchestratorScene {

    @Test
    void aLeaseEndsInOneWayAndIsCountedOnce() throws Exception {
        Orchestrator acts = withReady(1);

        acts.lease().close();
        try (Lease lease = acts.lease()) {
            lease.failed(new IllegalStateException("reset by peer"));
        }
        try (Lease lease = acts.lease()) {
            lease.abandoned();
        }
        Lease open = acts.lease();

        assertThat(ledger(acts)).containsExactly(4L, 1L, 1L, 0L, 1L, 1L);
        Status.ReplicaStatus replica = acts.status().replicas().get(0);
        assertThat(replica.failures()).isEqualTo(1);
        assertThat(replica.inFlight()).isEqualTo(1);
        open.close();
    }

    @Test
    void whoIsTurnedAwayIsCountedAndTakesNobodysTurn() throws Exception {
        Orchestrator acts = withReady(2);
        for (int i = 0; i < 10; i++) {
            acts.lease().close();
            acts.turnAway(ShedReason.RATE_LIMITED);
        }

        assertThat(ledger(acts)).containsExactly(20L, 10L, 0L, 10L, 0L, 0L);
        assertThat(acts.status().requests().shedBy()).containsEntry(ShedReason.RATE_LIMITED, 10L);
        assertThat(acts.status().replicas())
                .extracting(Status.ReplicaStatus::requests)
                .containsExactly(5L, 5L);
    }

    @Test
    void everyEndHasItsReason() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.mostWaiting(1));
        fail(acts, new ConnectException("Connection refused"));
        fail(acts, new EOFException("closed"));
        fail(acts, new IllegalStateException(new SocketTimeoutException("no answer")));
        try (Lease lease = acts.lease()) {
            lease.refused();
        }
        try (Lease lease = acts.lease()) {
            lease.lost(FailureReason.RESET);
        }
        assertThat(acts.status().replicas().get(0).failures())
                .as("a lost one does not count against it")
                .isEqualTo(3);
        acts.close();
        assertThatThrownBy(acts::lease).isInstanceOf(NoReplicaAvailableException.class);
        assertThatThrownBy(() -> acts.lease(PATIENCE)).isInstanceOf(NoReplicaAvailableException.class);

        Status.Requests requests = acts.status().requests();
        assertThat(requests.failedBy())
                .containsEntry(FailureReason.CONNECT, 1L)
                .containsEntry(FailureReason.RESET, 2L)
                .containsEntry(FailureReason.TIMEOUT, 1L);
        assertThat(requests.shedBy()).containsEntry(ShedReason.REFUSED, 1L).containsEntry(ShedReason.CLOSED, 2L);
        assertThat(ledger(acts)).containsExactly(7L, 0L, 0L, 3L, 4L, 0L);
    }

    @Test
    void aRuleOfChoiceThatThrowsFailsTheRequestAndIsCounted() throws Exception {
        Orchestrator acts = withReady(
                1,
                builder -> builder.balancing((candidates, ticket) -> {
                    throw new IllegalStateException("bad rule");
                }));

        assertThatThrownBy(acts::lease).hasMessage("bad rule");
        assertThatThrownBy(() -> acts.leaseFor(1)).hasMessage("bad rule");
        assertThatThrownBy(() -> acts.lease(PATIENCE)).hasMessage("bad rule");
        assertThatThrownBy(() -> acts.leaseAsyncFor(1, PATIENCE)).hasMessage("bad rule");

        assertThat(ledger(acts)).containsExactly(4L, 0L, 0L, 0L, 4L, 0L);
    }

    @Test
    void everyRequestIsAccountedForAtEveryMomentOfAStorm() throws Exception {
        Orchestrator acts = withReady(1, builder -> builder.between(1, 5).mostWaiting(10));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicBoolean over = new AtomicBoolean();
        LongAdder asked = new LongAdder();
        LongAdder refused = new LongAdder();
        List<Future<?>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            clients.add(threads.submit(() -> {
                while (!over.get()) {
                    asked.increment();
                    refused.add(visit(acts) ? 0 : 1);
                }
                return null;
            }));
        }

        for (int round = 0; round < 12; round++) {
            acts.scaleTo(1 + round % 5);
            if (round % 4 == 3) {
                List<ReplicaId> running = runtime.running();
                running.forEach(victim -> runtime.die(victim, "killed"));
            }
            long floor = asked.sum();
            await().until(() -> asked.sum() > floor + 2_000);
            Status.Requests now = acts.status().requests();
            assertThat(now.accepted())
                    .isEqualTo(now.completed() + now.abandoned() + now.shed() + now.failed() + now.open());
            assertThat(now.open()).as("no end without its beginning").isNotNegative();
        }
        over.set(true);
        for (Future<?> each : clients) {
            each.get(20, TimeUnit.SECONDS);
        }
        threads.shutdown();

        Status status = acts.status();
        assertThat(status.requests().accepted()).isEqualTo(asked.sum());
        assertThat(status.requests().shed()).isEqualTo(refused.sum());
        assertThat(status.requests().open()).isZero();
        assertThat(status.waiting()).isZero();
        assertThat(status.replicas()).allMatch(each -> each.inFlight() == 0);
    }

    /** One request, one way or another; false if it was sent away. */
    private static boolean visit(Orchestrator acts) throws InterruptedException {
        int way = ThreadLocalRandom.current().nextInt(10);
        try {
            Lease lease = way < 5 ? acts.lease() : acts.lease(Duration.ofMillis(way));
            if (way == 1) {
                lease.abandoned();
            } else if (way <= 3) {
                lease.failed(new IllegalStateException("refused"));
            }
            Lease last = way == 3 ? lease.another().orElse(lease) : lease;
            last.close();
            return true;
        } catch (NoReplicaAvailableException e) {
            return false;
        }
    }
}
