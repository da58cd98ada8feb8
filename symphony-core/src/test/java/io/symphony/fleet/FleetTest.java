package io.symphony.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {

    @Test
    void isSortedByNumberHoweverItIsMade() {
        Fleet made = Fleet.of(List.of(starting(10), starting(9), starting(2)));
        Fleet.Edit edit = made.edit();
        edit.put(starting(3));
        edit.put(starting(11));
        edit.put(starting(1));

        assertThat(numbers(made)).containsExactly(2L, 9L, 10L);
        assertThat(numbers(edit.done())).containsExactly(1L, 2L, 3L, 9L, 10L, 11L);
        assertThat(edit.done().highestNumber()).isEqualTo(11);
    }

    @Test
    void anEditLeavesTheFormerFleetAsItWas() {
        Fleet before = Fleet.of(List.of(starting(1), starting(2)));
        Fleet.Edit edit = before.edit();
        edit.remove(id(1));
        edit.put(starting(2).entered(Phase.STOPPING, 7));

        Fleet after = edit.done();

        assertThat(numbers(before)).containsExactly(1L, 2L);
        assertThat(before.count(Phase.STARTING)).isEqualTo(2);
        assertThat(numbers(after)).containsExactly(2L);
        assertThat(after.count(Phase.STARTING)).isZero();
        assertThat(after.count(Phase.STOPPING)).isEqualTo(1);
    }

    @Test
    void anEditWithoutChangesIsTheSameFleet() {
        Fleet before = Fleet.of(List.of(starting(1)));
        Fleet.Edit edit = before.edit();
        edit.remove(id(5));

        assertThat(edit.done()).isSameAs(before);
    }

    @Test
    void anEditSeesItsOwnChanges() {
        Fleet.Edit edit = Fleet.of(List.of(starting(1))).edit();

        edit.remove(id(1));
        assertThat(edit.find(id(1))).isEmpty();
        edit.put(starting(1).entered(Phase.READY, 0));
        assertThat(edit.find(id(1))).map(Replica::phase).contains(Phase.READY);
        edit.put(starting(2));
        assertThat(edit.find(id(2))).isPresent();
        edit.remove(id(2));
        assertThat(edit.find(id(2))).isEmpty();

        assertThat(numbers(edit.done())).containsExactly(1L);
    }

    @Test
    void countsThoseThatServeOrAreOnTheirWay() {
        List<Replica> one = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            one.add(starting(one.size() + 1).entered(phase, 0));
        }
        Fleet fleet = Fleet.of(one);

        assertThat(fleet.counting()).isEqualTo(3);
        for (Phase phase : Phase.values()) {
            assertThat(fleet.count(phase)).isEqualTo(1);
        }
    }

    @Test
    void anEmptyFleetHasNoNumberYet() {
        assertThat(Fleet.empty().highestNumber()).isZero();
        assertThat(Fleet.empty().isEmpty()).isTrue();
        assertThat(Fleet.empty().find(id(1))).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void behavesLikeASortedMapUnderRandomEdits(long seed) {
        Random random = new Random(seed);
        Map<Long, Replica> model = new TreeMap<>();
        Fleet fleet = Fleet.empty();
        for (int round = 0; round < 200; round++) {
            Fleet.Edit edit = fleet.edit();
            for (int change = random.nextInt(12); change > 0; change--) {
                long number = 1L + random.nextInt(40);
                if (random.nextInt(3) == 0) {
                    edit.remove(id(number));
                    model.remove(number);
                } else {
                    Replica replica = starting(number).entered(anyPhase(random), round);
                    edit.put(replica);
                    model.put(number, replica);
                }
                assertThat(edit.find(id(number)).orElse(null)).isEqualTo(model.get(number));
            }
            fleet = edit.done();
            assertThat(fleet).containsExactlyElementsOf(model.values());
            assertSameFindings(fleet, model);
        }
    }

    private static void assertSameFindings(Fleet fleet, Map<Long, Replica> model) {
        assertThat(fleet.size()).isEqualTo(model.size());
        for (Phase phase : Phase.values()) {
            assertThat(fleet.count(phase)).isEqualTo((int) model.values().stream()
                    .filter(each -> each.phase() == phase)
                    .count());
        }
        for (long number = 1; number <= 41; number++) {
            assertThat(fleet.find(id(number)).orElse(null)).isEqualTo(model.get(number));
        }
    }

    private static Phase anyPhase(Random random) {
        return Phase.values()[random.nextInt(Phase.values().length)];
    }

    private static List<Long> numbers(Fleet fleet) {
        List<Long> numbers = new ArrayList<>();
        fleet.forEach(replica -> numbers.add(replica.id().number()));
        return numbers;
    }

    private static Replica starting(long number) {
        return Replica.starting(id(number), "v1", 0);
    }

    private static ReplicaId id(long number) {
        return new ReplicaId("acts", number);
    }
}
