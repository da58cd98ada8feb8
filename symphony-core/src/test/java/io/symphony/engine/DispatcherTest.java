package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.routing.Candidates;
import io.symphony.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private final Dispatcher<Slot> dispatcher = new Dispatcher<>((slot, mark) -> slot);

    @Test
    void hasNothingToGiveWhileNobodyServes() {
        assertThat(dispatcher.serves()).isFalse();
        assertThat(dispatcher.inTurn(dispatcher.ticket())).isNull();
        assertThat(dispatcher.forKey(7)).isNull();
        assertThat(dispatcher.untried(slot -> false)).isNull();
        assertThat(dispatcher.accepted()).isEqualTo(1);
    }

    @Test
    void aHundredRequestsOverTwoAreFiftyAndFifty() {
        List<Slot> slots = publish(slots(2));

        for (int i = 0; i < 100; i++) {
            dispatcher.inTurn(dispatcher.ticket());
        }

        assertThat(slots).extracting(Slot::entered).containsExactly(50L, 50L);
        assertThat(dispatcher.accepted()).isEqualTo(100);
    }

    @Test
    void countsDifferByAtMostOneUnderEightThreads() throws Exception {
        List<Slot> slots = publish(slots(3));

        Threaded.run(8, () -> {
            for (int i = 0; i < 12_500; i++) {
                dispatcher.inTurn(dispatcher.ticket());
            }
            return null;
        });

        assertThat(slots).extracting(Slot::entered).containsExactlyInAnyOrder(33_333L, 33_333L, 33_334L);
    }

    @Test
    void onePutOutIsNotChosenAndTheTurnGoesOn() {
        List<Slot> slots = publish(slots(3));
        take(1);

        assertThat(dispatcher.eject(slots.get(1))).isTrue();

        assertThat(take(3)).containsExactly(slots.get(2), slots.get(0), slots.get(2));
        assertThat(dispatcher.eject(slots.get(1))).as("it is out already").isFalse();
    }

    @Test
    void onePutOutStaysOutThroughChangesOfMembershipUntilItIsReinstated() {
        List<Slot> slots = slots(4);
        publish(slots.subList(0, 3));
        dispatcher.eject(slots.get(1));

        publish(slots);
        assertThat(take(6)).hasSize(6).doesNotContain(slots.get(1)).contains(slots.get(3));

        dispatcher.reinstate(slots.get(1));
        publish(slots);
        assertThat(take(4)).containsExactlyInAnyOrderElementsOf(slots);
    }

    @Test
    void whoeverTheControlSideLeftOutItselfComesBackWithItsWord() {
        List<Slot> slots = publish(slots(2));
        dispatcher.eject(slots.get(0));
        publish(slots.subList(1, 2));

        publish(slots);

        assertThat(take(2)).containsExactlyInAnyOrderElementsOf(slots);
    }

    @Test
    void theLastOneIsNotPutOutHoweverManyThreadsTry() throws Exception {
        for (int round = 0; round < 200; round++) {
            List<Slot> slots = publish(slots(8));
            AtomicInteger next = new AtomicInteger();
            AtomicInteger out = new AtomicInteger();

            Threaded.run(8, () -> {
                out.addAndGet(dispatcher.eject(slots.get(next.getAndIncrement())) ? 1 : 0);
                return null;
            });

            assertThat(out).hasValue(7);
            assertThat(dispatcher.inTurn(dispatcher.ticket())).isNotNull();
        }
    }

    @Test
    void putOutWhileTheMembershipChangesItIsOut() throws Exception {
        for (int round = 0; round < 200; round++) {
            List<Slot> slots = slots(4);
            publish(slots.subList(0, 3));
            AtomicBoolean first = new AtomicBoolean();

            Threaded.run(2, () -> {
                if (first.compareAndSet(false, true)) {
                    publish(slots);
                } else {
                    dispatcher.eject(slots.get(0));
                }
                return null;
            });

            assertThat(take(8)).doesNotContain(slots.get(0)).contains(slots.get(3));
        }
    }

    @Test
    void aMemberThatJoinsOrLeavesDoesNotRestartTheTurn() {
        List<Slot> slots = slots(4);
        publish(slots.subList(0, 3));
        List<Slot> order = new ArrayList<>(take(4));

        publish(slots);
        order.addAll(take(4));
        publish(slots.subList(1, 4));
        order.addAll(take(3));

        assertThat(order)
                .extracting(slot -> slot.id().number())
                .containsExactly(1L, 2L, 3L, 1L, 2L, 3L, 4L, 1L, 2L, 3L, 4L);
    }

    @Test
    void theSameMembershipIsNoNews() {
        List<Slot> slots = publish(slots(2));

        assertThat(dispatcher.publish(List.copyOf(slots), RoutingPolicy.roundRobin()))
                .isFalse();
        assertThat(dispatcher.publish(slots.subList(0, 1), RoutingPolicy.roundRobin()))
                .isTrue();
        assertThat(dispatcher.publish(List.of(), RoutingPolicy.roundRobin())).isTrue();
    }

    @Test
    void whoMeetsAShutGateTakesAnotherOfTheNewerRotation() {
        List<Slot> slots = slots(2);
        AtomicBoolean changed = new AtomicBoolean();
        // The membership changes in the very moment in which the first one is chosen.
        RoutingPolicy interrupted = (candidates, ticket) -> {
            if (changed.compareAndSet(false, true)) {
                dispatcher.publish(slots.subList(1, 2), RoutingPolicy.roundRobin());
                slots.get(0).shut();
            }
            return 0;
        };
        dispatcher.publish(slots, interrupted);

        assertThat(dispatcher.inTurn(dispatcher.ticket())).isSameAs(slots.get(1));
        assertThat(slots.get(0).inside()).isZero();
    }

    @Test
    void hasNothingToGiveWhenTheLastGateShutsInThatMoment() {
        Slot last = slots(1).get(0);
        dispatcher.publish(List.of(last), RoutingPolicy.roundRobin());
        last.shut();

        assertThat(dispatcher.inTurn(dispatcher.ticket())).isNull();
        assertThat(dispatcher.forKey(1)).isNull();
        assertThat(dispatcher.untried(slot -> false)).isNull();
    }

    @Test
    void neverLeasesAShutSlotWhileMembersComeAndGo() throws Exception {
        List<Slot> slots = slots(6);
        AtomicBoolean publisher = new AtomicBoolean();
        AtomicBoolean done = new AtomicBoolean();
        Dispatcher<Slot> gates = new Dispatcher<>((slot, mark) -> {
            slot.leave(mark);
            return slot;
        });
        gates.publish(slots.subList(0, 2), RoutingPolicy.roundRobin());
        List<Long> refused = Threaded.run(4, () -> {
            long none = 0;
            if (publisher.compareAndSet(false, true)) {
                for (int round = 0; round < 3_000; round++) {
                    int first = round % 5;
                    slots.get(first).reopen();
                    slots.get(first + 1).reopen();
                    gates.publish(slots.subList(first, first + 2), RoutingPolicy.roundRobin());
                    for (Slot slot : slots) {
                        if (!slots.subList(first, first + 2).contains(slot)) {
                            slot.shut();
                        }
                    }
                }
                done.set(true);
            }
            while (!done.get()) {
                none += gates.inTurn(gates.ticket()) == null ? 1 : 0;
            }
            return none;
        });

        assertThat(refused).as("there was always somebody who served").containsOnly(0L);
        long entered = slots.stream().mapToLong(Slot::entered).sum();
        assertThat(entered).isEqualTo(gates.accepted());
        assertThat(slots).allMatch(slot -> slot.inside() == 0);
    }

    @Test
    void triesEachMemberOnceBeginningWithTheOneWhoseTurnItIs() {
        List<Slot> slots = slots(4);
        publish(slots.subList(0, 3));
        take(4);
        publish(slots); // the second one is next, and the cursor has an offset from now on

        Set<Slot> tried = new HashSet<>();
        List<Long> order = new ArrayList<>();
        for (Slot next = dispatcher.untried(tried::contains);
                next != null;
                next = dispatcher.untried(tried::contains)) {
            tried.add(next);
            order.add(next.id().number());
        }

        assertThat(order).containsExactly(2L, 3L, 4L, 1L);
        assertThat(dispatcher.accepted())
                .as("a further try is not a further request")
                .isEqualTo(4);
    }

    @Test
    void aFurtherTryFindsWhoServesNowWhenItMeetsAShutGate() {
        List<Slot> slots = slots(3);
        publish(slots.subList(0, 2));
        AtomicBoolean changed = new AtomicBoolean();

        Slot found = dispatcher.untried(slot -> {
            if (changed.compareAndSet(false, true)) {
                dispatcher.publish(List.of(slots.get(0), slots.get(2)), RoutingPolicy.roundRobin());
                slots.get(1).shut();
            }
            return slot == slots.get(0);
        });

        assertThat(found).isSameAs(slots.get(2));
    }

    @Test
    void aKeyDoesNotMoveTheTurn() {
        publish(slots(3));

        assertThat(dispatcher.forKey(1).id().number()).isEqualTo(2);
        assertThat(dispatcher.inTurn(dispatcher.ticket()).id().number()).isEqualTo(1);
    }

    @Test
    void theRuleSeesWhoIsInsideAndHowMuchEachWeighs() {
        Slot heavy = new Slot(new ReplicaId("acts", 1), Endpoint.local(1), 3);
        heavy.enter();
        List<String> seen = new ArrayList<>();
        dispatcher.publish(List.of(heavy), (Candidates candidates, long ticket) -> {
            seen.add(candidates.id(0) + " " + candidates.weight(0) + " " + candidates.inFlight(0));
            return 0;
        });

        dispatcher.inTurn(0);

        assertThat(seen).containsExactly("acts-1 3 1");
    }

    private List<Slot> publish(List<Slot> slots) {
        dispatcher.publish(slots, RoutingPolicy.roundRobin());
        return slots;
    }

    private List<Slot> take(int requests) {
        List<Slot> order = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            order.add(dispatcher.inTurn(dispatcher.ticket()));
        }
        return order;
    }

    private static List<Slot> slots(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(number -> new Slot(new ReplicaId("acts", number), Endpoint.local((int) number), 1))
                .toList();
    }

    @Test
    void whoHasWaitedPassesOverThoseThatRest() {
        List<Slot> slots = publish(slots(3));
        slots.get(0).rest(0);
        slots.get(2).rest(0);
        assertThat(dispatcher.rests()).isFalse();

        assertThat(dispatcher.inTurnOfRested(dispatcher.ticket(), 1)).isSameAs(slots.get(1));
        assertThat(dispatcher.forKeyOfRested(2, 1)).isSameAs(slots.get(1));
        assertThat(dispatcher.rested(1)).isSameAs(slots.get(1));

        slots.get(1).rest(0);
        assertThat(dispatcher.rests()).isTrue();
        assertThat(dispatcher.inTurnOfRested(dispatcher.ticket(), 1)).isNull();
        assertThat(dispatcher.rested(1)).isNull();
        assertThat(dispatcher.inTurn(dispatcher.ticket()))
                .as("who has not waited tries its luck")
                .isNotNull();
    }
}
