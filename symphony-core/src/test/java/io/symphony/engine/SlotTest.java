package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotTest {

    private final Slot slot = new Slot(new ReplicaId("acts", 1), Endpoint.local(20_001), 1);

    @Test
    void countsWhoIsInsideAndWhoEverEntered() {
        long one = slot.enter();
        long two = slot.enter();
        assertThat(slot.inside()).isEqualTo(2);

        slot.leave(one);
        slot.leave(two);

        assertThat(slot.inside()).isZero();
        assertThat(slot.entered()).isEqualTo(2);
    }

    @Test
    void letsNobodyInOnceItIsShut() {
        long inside = slot.enter();
        slot.shut();

        assertThat(slot.enter()).isZero();
        assertThat(slot.inside()).isEqualTo(1);
        slot.leave(inside);
        assertThat(slot.inside()).isZero();
        assertThat(slot.isShut()).isTrue();
        assertThat(slot.entered()).isEqualTo(1);
    }

    @Test
    void letsThemInAgainOnceItIsReopened() {
        slot.shut();
        slot.shut();
        slot.reopen();

        assertThat(slot.isShut()).isFalse();
        assertThat(slot.enter()).isNotZero();
    }

    @Test
    void aTurnTellsHowManyHaveNotLeftSinceTheLastOne() {
        long early = slot.enter();
        assertThat(slot.turn())
                .as("the generation before the first turn is empty")
                .isZero();

        long late = slot.enter();
        assertThat(slot.turn()).as("early has been inside for a whole turn").isEqualTo(1);
        assertThat(slot.inside()).isEqualTo(2);

        slot.leave(early);
        assertThat(slot.turn()).as("late came after the turn before the last").isZero();
        assertThat(slot.turn()).as("now late has been inside for a whole turn").isEqualTo(1);
        slot.leave(late);
        assertThat(slot.turn()).isZero();
        assertThat(slot.inside()).isZero();
    }

    @Test
    void thoseOfBothGenerationsAreInside() {
        long even = slot.enter();
        slot.turn();
        long odd = slot.enter();
        slot.shut();

        assertThat(even).isNotEqualTo(odd);
        assertThat(slot.inside()).isEqualTo(2);
        assertThat(slot.isShut()).isTrue();
        slot.leave(odd);
        slot.leave(even);
        assertThat(slot.inside()).isZero();
        assertThat(slot.isShut()).isTrue();
    }

    @Test
    void manyThreadsAreCountedExactlyWhileItTurns() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService turning = Executors.newSingleThreadExecutor();
        Future<?> turns = turning.submit(() -> {
            while (!done.get()) {
                slot.turn();
            }
        });
        Threaded.run(8, () -> {
            for (int i = 0; i < 20_000; i++) {
                slot.leave(slot.enter());
            }
            return null;
        });
        done.set(true);
        turns.get();
        turning.shutdown();

        assertThat(slot.entered()).isEqualTo(160_000);
        assertThat(slot.inside()).isZero();
        assertThat(slot.isShut()).isFalse();
        assertThat(slot.turn()).isZero();
    }

    @Test
    void holdsSoManyAndNoMoreHoweverManyThreadsTry() throws Exception {
        Slot narrow = new Slot(new ReplicaId("acts", 1), Endpoint.local(20_001), 1, 3);
        AtomicInteger inside = new AtomicInteger();

        List<Integer> most = Threaded.run(8, () -> {
            int seen = 0;
            for (int i = 0; i < 5_000; i++) {
                long mark = narrow.enter();
                if (mark != 0) {
                    seen = Math.max(seen, inside.incrementAndGet());
                    inside.decrementAndGet();
                    narrow.leave(mark);
                }
            }
            return seen;
        });

        assertThat(most).allMatch(each -> each <= 3);
        assertThat(narrow.inside()).isZero();
        assertThat(narrow.entered()).isPositive();
    }

    @Test
    void onTrialItHoldsOneMoreThanWereInside() {
        slot.enter();
        slot.tryOut();

        assertThat(slot.enter()).isNotZero();
        assertThat(slot.enter()).isZero();
        slot.trust();
        assertThat(slot.enter()).isNotZero();
    }

    @Test
    void aTrialHasAPlaceAlsoWhereThoseThatHangTakeAll() {
        Slot narrow = new Slot(new ReplicaId("acts", 1), Endpoint.local(20_001), 1, 1);
        narrow.enter();
        assertThat(narrow.enter()).isZero();

        narrow.tryOut();
        assertThat(narrow.enter()).isNotZero();
        narrow.trust();
        assertThat(narrow.enter()).isZero();
    }

    @Test
    void nobodyGetsInAfterItWasSeenShutAndEmpty() throws Exception {
        for (int round = 0; round < 300; round++) {
            Slot contested = new Slot(new ReplicaId("acts", 1), Endpoint.local(20_001), 1);
            AtomicBoolean seenEmpty = new AtomicBoolean();
            AtomicInteger intruders = new AtomicInteger();
            AtomicBoolean shutter = new AtomicBoolean();
            CountDownLatch half = new CountDownLatch(20);
            Threaded.run(4, () -> {
                if (shutter.compareAndSet(false, true)) {
                    half.await();
                    contested.shut();
                    while (contested.inside() > 0) {
                        Thread.onSpinWait();
                    }
                    seenEmpty.set(true);
                    return null;
                }
                for (int i = 0; i < 200; i++) {
                    half.countDown();
                    boolean emptyBefore = seenEmpty.get();
                    long mark = contested.enter();
                    if (mark != 0) {
                        // Inside now, so the gate cannot be seen empty before we leave.
                        intruders.addAndGet(emptyBefore || seenEmpty.get() ? 1 : 0);
                        contested.leave(mark);
                    }
                }
                return null;
            });
            assertThat(intruders.get()).isZero();
            assertThat(contested.inside()).isZero();
        }
    }

    @Test
    void whereAConnectionWasRefusedOneOfThoseWhoWaitFindsOutAfterARestIfItWorksAgain() {
        assertThat(slot.takesOneWhoWaits(0)).isTrue();

        slot.rest(0);
        assertThat(slot.isResting()).isTrue();
        assertThat(slot.takesOneWhoWaits(99_000_000)).isFalse();
        assertThat(slot.takesOneWhoWaits(101_000_000)).as("the first").isTrue();
        assertThat(slot.takesOneWhoWaits(101_000_000)).as("the next").isFalse();
        assertThat(slot.takesOneWhoWaits(202_000_000))
                .as("one more, since nobody came back")
                .isTrue();

        slot.wake();
        assertThat(slot.isResting()).isFalse();
        assertThat(slot.takesOneWhoWaits(203_000_000)).isTrue();
        assertThat(slot.takesOneWhoWaits(203_000_000)).isTrue();
    }
}
