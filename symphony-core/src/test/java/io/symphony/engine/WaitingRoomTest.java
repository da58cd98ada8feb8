package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.symphony.engine.WaitingRoom.Patience;
import io.symphony.routing.ShedReason;
import io.symphony.testing.ManualTicker;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualTicker ticker = new ManualTicker();
    private final Door door = new Door();
    private final WaitingRoom<String> room = new WaitingRoom<>(3, ticker, door);

    /** Lets in as many as there is room for, and notes what it was told. */
    private static final class Door implements WaitingRoom.Doorkeeper<String> {
        final AtomicInteger places = new AtomicInteger();
        final List<String> returned = new CopyOnWriteArrayList<>();
        final List<String> refused = new CopyOnWriteArrayList<>();
        final AtomicInteger left = new AtomicInteger();
        final AtomicInteger arrivals = new AtomicInteger();
        volatile @Nullable RuntimeException trouble;
        volatile boolean hopeless;

        @Override
        public @Nullable String admit(long ticket, Patience patience) {
            RuntimeException now = trouble;
            if (now != null) {
                trouble = null;
                throw now;
            }
            return places.getAndUpdate(free -> Math.max(0, free - 1)) > 0 ? "lease " + ticket : null;
        }

        @Override
        public @Nullable String admitFor(long key, Patience patience) {
            return admit(-key, patience);
        }

        @Override
        public void arrived() {
            arrivals.incrementAndGet();
        }

        @Override
        public boolean isHopeless() {
            return hopeless;
        }

        @Override
        public void returned(String lease) {
            returned.add(lease);
        }

        @Override
        public void left() {
            left.incrementAndGet();
        }

        @Override
        public RuntimeException refuse(ShedReason reason, String why) {
            refused.add(reason + ": " + why);
            return new IllegalStateException(why);
        }
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void theFirstToWaitIsToldOfAndTheNextOnceNobodyDoes() throws Exception {
        CompletableFuture<String> first = enter(1);
        CompletableFuture<String> second = enter(2);
        assertThat(door.arrivals).hasValue(1);

        door.places.set(2);
        room.open();
        soon(first);
        soon(second);
        await().until(() -> room.size() == 0);
        assertThat(enter(3)).isNotDone();

        assertThat(door.arrivals).hasValue(2);
    }

    @Test
    void whereWaitingHasBecomeHopelessEverybodyIsSentAwayAndWhoComesIsRefused() {
        CompletableFuture<String> first = enter(1);
        CompletableFuture<String> second = enter(2);
        door.hopeless = true;
        room.open();

        assertThatThrownBy(() -> soon(first)).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> soon(second)).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(enter(3)).isCompletedExceptionally();
        door.hopeless = false;
        assertThat(enter(4)).isNotDone();
    }

    @Test
    void oneWithAKeyWaitsInTheSameQueueAndIsServedByItsKey() throws Exception {
        CompletableFuture<String> first = enter(1);
        CompletableFuture<String> keyed = room.enterFor(7, MINUTE);
        CompletableFuture<String> last = enter(3);
        door.places.set(2);
        room.open();
        assertThat(soon(first)).isEqualTo("lease 1");
        assertThat(soon(keyed)).isEqualTo("lease -7");
        assertThat(last).isNotDone();
    }

    @Test
    void theFirstToComeIsTheFirstToBeServed() throws Exception {
        List<CompletableFuture<String>> waiting = List.of(enter(1), enter(2), enter(3));
        assertThat(room.size()).isEqualTo(3);

        door.places.set(2);
        room.open();

        assertThat(soon(waiting.get(0))).isEqualTo("lease 1");
        assertThat(soon(waiting.get(1))).isEqualTo("lease 2");
        assertThat(waiting.get(2)).isNotDone();
        door.places.set(1);
        room.open();
        assertThat(soon(waiting.get(2))).isEqualTo("lease 3");
        await().until(() -> room.size() == 0);
    }

    @Test
    void whoComesWhenAReplicaHasJustBegunToServeIsLetIn() throws Exception {
        door.places.set(1);

        assertThat(soon(enter(1))).isEqualTo("lease 1");
    }

    @Test
    void noMoreThanTheBoundMayWait() {
        List<CompletableFuture<String>> waiting = List.of(enter(1), enter(2), enter(3));

        assertRefused(enter(4), "3 requests wait already");
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        assertThat(room.size()).isEqualTo(3);
    }

    @Test
    void aPlaceThatWasGivenUpIsFreeForTheNext() throws Exception {
        List<CompletableFuture<String>> waiting = List.of(enter(1), enter(2), enter(3));
        waiting.get(1).cancel(false);

        CompletableFuture<String> next = enter(4);
        door.places.set(3);
        room.open();

        assertThat(soon(waiting.get(0))).isEqualTo("lease 1");
        assertThat(soon(waiting.get(2))).isEqualTo("lease 3");
        assertThat(soon(next)).isEqualTo("lease 4");
        assertThat(door.left.get() + door.returned.size()).isEqualTo(1);
    }

    @Test
    void patienceEnds() {
        CompletableFuture<String> hasty = room.enter(1, Duration.ofSeconds(5));
        CompletableFuture<String> patient = room.enter(2, MINUTE);

        ticker.advance(Duration.ofSeconds(6));
        room.open();

        assertRefused(hasty, "waited 5.0 s");
        assertThat(patient).isNotDone();
        ticker.advance(MINUTE);
        room.open();
        assertRefused(patient, "waited 60.0 s");
        assertThat(door.refused).containsExactly("PATIENCE_OVER: waited 5.0 s", "PATIENCE_OVER: waited 60.0 s");
    }

    @Test
    void patienceEndsByItself() {
        WaitingRoom<String> real = new WaitingRoom<>(3, System::nanoTime, door);

        assertRefused(real.enter(1, Duration.ofMillis(20)), "waited 0.0 s");
        assertRefused(real.enter(2, Duration.ZERO), "waited 0.0 s");
        real.close();
    }

    @Test
    void patienceMayBeEndless() {
        CompletableFuture<String> waiting = room.enter(1, ChronoUnit.FOREVER.getDuration());
        ticker.advance(Duration.ofDays(300));
        room.open();

        assertThat(waiting).isNotDone();
        room.close();
        assertThatThrownBy(() -> soon(waiting)).isInstanceOf(ExecutionException.class);
    }

    @Test
    void aLeaseForOneWhoLeftIsTakenBack() {
        CompletableFuture<String> waiting = enter(1);
        await().until(() -> room.size() == 1);
        waiting.cancel(false);
        door.places.set(1);
        room.open();

        await().until(() -> door.returned.size() + door.left.get() == 1);
        await().until(() -> room.size() == 0);
        assertThat(door.refused).isEmpty();
    }

    @Test
    void closingSendsAllAwayAndLetsNobodyInAnyMore() {
        List<CompletableFuture<String>> waiting = List.of(enter(1), enter(2));

        room.close();

        waiting.forEach(each -> assertRefused(each, "waited 60.0 s"));
        assertRefused(enter(3), "closed");
    }

    @Test
    void aRuleOfChoiceThatThrowsFailsOneRequestAndNotTheRoom() throws Exception {
        door.trouble = new IllegalArgumentException("bad rule");
        CompletableFuture<String> unlucky = enter(1);
        assertThatThrownBy(() -> soon(unlucky))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("bad rule");

        CompletableFuture<String> next = enter(2);
        door.places.set(1);
        room.open();

        assertThat(soon(next)).isEqualTo("lease 2");
    }

    @Test
    void whatFollowsOnALeaseMayUseTheRoom() throws Exception {
        CompletableFuture<String> nested = enter(1).thenCompose(lease -> enter(2));
        door.places.set(2);
        room.open();

        assertThat(soon(nested)).isEqualTo("lease 2");
    }

    private CompletableFuture<String> enter(long ticket) {
        return room.enter(ticket, MINUTE);
    }

    private static void assertRefused(CompletableFuture<String> answer, String why) {
        assertThatThrownBy(() -> soon(answer))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage(why);
    }

    private static <T> T soon(CompletableFuture<T> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }

    @Test
    void oneThatComesBackIsServedBeforeAllOthersWithinTheRestOfItsPatience() throws Exception {
        Patience patience = room.beginning(Duration.ofSeconds(5));
        ticker.advance(Duration.ofSeconds(3));
        CompletableFuture<String> other = enter(1);
        CompletableFuture<String> back = room.enterAgain(left -> door.admit(2, left), patience);
        door.places.set(1);
        room.open();
        assertThat(soon(back)).isEqualTo("lease 2");
        assertThat(other).isNotDone();

        CompletableFuture<String> again = room.enterAgain(left -> door.admit(2, left), patience);
        ticker.advance(Duration.ofSeconds(3));
        room.open();
        assertRefused(again, "waited 5.0 s");
        assertThat(other).isNotDone();
    }

    @Test
    void whoWaitsNeedNotBeToldThatAReplicaHasRested() throws Exception {
        CompletableFuture<String> waiting = enter(1);
        door.places.set(1);

        assertThat(soon(waiting)).isEqualTo("lease 1");
    }
}
