package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.ReplicaId;
import io.symphony.routing.RoutingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotationTest {

    private final Slot one = slot(1);
    private final Slot two = slot(2);
    private final Slot three = slot(3);
    private final Slot four = slot(4);

    @Test
    void goesOnWithTheOneWhoseTurnItIsAfterAJoin() {
        Rotation before = rotation(List.of(one, two, three), 0);
        assertThat(before.inTurn(7)).isSameAs(two);

        Rotation after = next(before, List.of(one, two, three, four), 7);

        assertThat(order(after, 7, 5)).containsExactly(two, three, four, one, two);
    }

    @Test
    void goesOnWithTheOneWhoseTurnItIsAfterAnotherLeft() {
        Rotation before = rotation(List.of(one, two, three), 0);

        Rotation after = next(before, List.of(two, three), 5);

        assertThat(before.inTurn(5)).isSameAs(three);
        assertThat(order(after, 5, 3)).containsExactly(three, two, three);
    }

    @Test
    void goesOnWithTheOneAfterTheOneThatLeftWhenItWasItsTurn() {
        Rotation before = rotation(List.of(one, two, three, four), 0);

        assertThat(order(next(before, List.of(one, three, four), 5), 5, 3)).containsExactly(three, four, one);
        assertThat(order(next(before, List.of(one), 5), 5, 2)).containsExactly(one, one);
    }

    @Test
    void beginsWithTheFirstOfAnEntirelyNewMembership() {
        Rotation before = rotation(List.of(one, two), 0);

        assertThat(order(next(before, List.of(three, four), 3), 3, 3)).containsExactly(three, four, three);
        assertThat(order(next(Rotation.empty(), List.of(three, four), 3), 3, 2)).containsExactly(three, four);
    }

    @Test
    void survivesBeingEmptyInBetween() {
        Rotation empty = next(rotation(List.of(one, two), 0), List.of(), 9);

        assertThat(empty.isEmpty()).isTrue();
        assertThat(order(next(empty, List.of(one, two), 9), 9, 3)).containsExactly(one, two, one);
    }

    @Test
    void aKeyKeepsItsReplicaWhereverTheCursorStands() {
        Rotation before = Rotation.empty().followedBy(List.of(one, two, three), RoutingPolicy.hash(), 4);
        Rotation after = before.followedBy(List.of(one, two, three, four), RoutingPolicy.hash(), 1_001);

        for (long key = 0; key < 100; key++) {
            assertThat(after.forKey(key)).isIn(before.forKey(key), four);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theTurnGoesOnThroughAnyChangesOfMembership(long seed) {
        Random random = new Random(seed);
        List<Slot> members = new ArrayList<>(List.of(one, two, three));
        Rotation now = rotation(members, 0);
        long ticket = 0;
        for (int change = 0; change < 500; change++) {
            ticket += random.nextInt(10);
            List<Slot> next = new ArrayList<>(members);
            if (random.nextBoolean() && next.size() > 1) {
                next.remove(random.nextInt(next.size()));
            } else {
                next.add(random.nextInt(next.size() + 1), slot(10L + change));
            }
            Slot due = firstStaying(members, now.inTurn(ticket), next);
            now = next(now, next, ticket);
            assertThat(now.inTurn(ticket)).isSameAs(due);
            members = next;
        }
    }

    /** The one whose turn it is, or the first after it, in their order, that is still there. */
    private static Slot firstStaying(List<Slot> members, Slot due, List<Slot> next) {
        int at = members.indexOf(due);
        for (int step = 0; step < members.size(); step++) {
            Slot candidate = members.get((at + step) % members.size());
            if (next.contains(candidate)) {
                return candidate;
            }
        }
        return next.get(0);
    }

    private static List<Slot> order(Rotation rotation, long firstTicket, int requests) {
        List<Slot> order = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            order.add(rotation.inTurn(firstTicket + i));
        }
        return order;
    }

    private static Rotation rotation(List<Slot> members, long ticket) {
        return next(Rotation.empty(), members, ticket);
    }

    private static Rotation next(Rotation before, List<Slot> members, long ticket) {
        return before.followedBy(members, RoutingPolicy.roundRobin(), ticket);
    }

    private static Slot slot(long number) {
        return new Slot(new ReplicaId("acts", number), Endpoint.local(20_000 + (int) number), 1);
    }
}
