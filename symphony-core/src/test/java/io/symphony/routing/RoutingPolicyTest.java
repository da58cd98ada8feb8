package io.symphony.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.ReplicaId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases stand under "Balancing" in the vectors of the project. */
class RoutingPolicyTest {

    @Nested
    class RoundRobin {

        @ParameterizedTest(name = "{0} over {1}: {2} to {3} each")
        @CsvSource({"100, 2, 50, 50", "30, 2, 15, 15", "100, 3, 33, 34", "7, 10, 0, 1", "5, 1, 5, 5"})
        void sharesEvenly(int requests, int members, int least, int most) {
            assertThat(Members.alike(members).shares(RoutingPolicy.roundRobin(), 0, requests))
                    .hasSize(members)
                    .allMatch(share -> least <= share && share <= most);
        }

        @ParameterizedTest(name = "beginning with ticket {0}")
        @ValueSource(longs = {0, 1, 2, 1_000_000_007, Long.MAX_VALUE - 40, -100})
        void countsDifferByAtMostOneOverAnyRun(long first) {
            for (int requests = 1; requests <= 32; requests++) {
                List<Integer> shares = Members.alike(3).shares(RoutingPolicy.roundRobin(), first, requests);
                assertThat(Collections.max(shares) - Collections.min(shares)).isLessThanOrEqualTo(1);
            }
        }

        @Test
        void goesOnInTheSameOrderWhenTheTicketWrapsAround() {
            assertThat(Members.alike(4).choices(RoutingPolicy.roundRobin(), Long.MAX_VALUE - 3, 8))
                    .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
        }

        @Test
        void doesNotReverseAfterTheWrapWhereTheNumberOfMembersIsNoPowerOfTwo() {
            // 2^64 is no multiple of 3, so one turn repeats at the wrap itself; the order stays.
            assertThat(Members.alike(3).choices(RoutingPolicy.roundRobin(), Long.MAX_VALUE - 2, 8))
                    .containsExactly(2, 0, 1, 1, 2, 0, 1, 2);
        }
    }

    @Nested
    class Weighted {

        @Test
        void threeToOneOverFourIsThreeAndOne() {
            assertThat(Members.weighing(3, 1).shares(RoutingPolicy.weighted(), 0, 4))
                    .containsExactly(3, 1);
        }

        @Test
        void spreadsTheTurnsOfTheLightOneAmongThoseOfTheHeavyOne() {
            // nginx's own example: weights 5, 1, 1 give a a b a c a a.
            assertThat(Members.weighing(5, 1, 1).choices(RoutingPolicy.weighted(), 0, 7))
                    .containsExactly(0, 0, 1, 0, 2, 0, 0);
        }

        @Test
        void equalWeightsAreRoundRobin() {
            assertThat(Members.weighing(700, 700, 700).choices(RoutingPolicy.weighted(), 0, 6))
                    .containsExactly(0, 1, 2, 0, 1, 2);
        }

        @Test
        void keepsTheProportionsFromAnyTicketOn() {
            assertThat(Members.weighing(4, 2, 1).shares(RoutingPolicy.weighted(), Long.MIN_VALUE, 7_000))
                    .containsExactly(4_000, 2_000, 1_000);
        }

        @Test
        void choosesRightlyEvenWhereNobodyPreparedIt() {
            assertThat(RoutingPolicy.weighted().choose(Members.weighing(1, 1), 1))
                    .isEqualTo(1);
        }
    }

    @Nested
    class LeastConnections {

        @Test
        void allTenGoToTheFreeOneWhenOneOfTwoIsStuck() {
            assertThat(Members.alike(2).withInside(1, 0).shares(RoutingPolicy.leastConnections(), 0, 10))
                    .containsExactly(0, 10);
        }

        @Test
        void fillsAllToTheSameLevel() {
            assertThat(Members.alike(5).withInside(7, 0, 3, 0, 9).fill(RoutingPolicy.leastConnections(), 26))
                    .containsExactly(9, 9, 9, 9, 9);
        }

        @Test
        void idleOnesTakeTurns() {
            assertThat(Members.alike(3).choices(RoutingPolicy.leastConnections(), 0, 6))
                    .containsExactly(0, 1, 2, 0, 1, 2);
        }
    }

    @Nested
    class TwoChoices {

        @Test
        void theOnlyOneTakesAll() {
            assertThat(Members.alike(1).shares(RoutingPolicy.twoChoices(), 0, 10))
                    .containsExactly(10);
        }

        @Test
        void neverChoosesTheBusierOfTwo() {
            assertThat(Members.alike(2).withInside(1, 0).shares(RoutingPolicy.twoChoices(), 0, 1_000))
                    .containsExactly(0, 1_000);
        }

        @ParameterizedTest(name = "over {0}")
        @ValueSource(ints = {2, 3, 10, 97})
        void drawsEachMemberAboutEquallyOftenWhileAllAreIdle(int members) {
            List<Integer> shares = Members.alike(members).shares(RoutingPolicy.twoChoices(), 12_345, members * 10_000);

            assertThat(shares).allMatch(share -> 9_000 < share && share < 11_000);
        }

        @Test
        void fillsNearlyAsEvenlyAsTheFewestOfAll() {
            // A single draw would spread 100 by some 30 either way; the better of two stays within a few.
            assertThat(Members.alike(100).fill(RoutingPolicy.twoChoices(), 10_000))
                    .allMatch(inside -> 90 <= inside && inside <= 105);
        }
    }

    @Nested
    class First {

        @Test
        void theFirstOneThatHasRoomTakesIt() {
            assertThat(Members.alike(3).withInside(2, 1, 0).shares(RoutingPolicy.first(2), 0, 5))
                    .containsExactly(0, 5, 0);
        }

        @Test
        void theFewestInsideTakesItWhereNobodyHasRoom() {
            assertThat(Members.alike(3).withInside(5, 4, 6).shares(RoutingPolicy.first(2), 0, 5))
                    .containsExactly(0, 5, 0);
        }

        @Test
        void fillsOneAfterTheOtherAndThenAllEvenly() {
            assertThat(Members.alike(3).fill(RoutingPolicy.first(4), 6)).containsExactly(4, 2, 0);
            assertThat(Members.alike(3).fill(RoutingPolicy.first(4), 15)).containsExactly(5, 5, 5);
        }

        @Test
        void refusesToHaveNoRoomAtAll() {
            assertThatThrownBy(() -> RoutingPolicy.first(0)).hasMessage("room: 0 (expected: >= 1)");
        }
    }

    @Nested
    class Hash {

        private static final int KEYS = 10_000;

        @Test
        void theSameKeyAlwaysLeadsToTheSameMember() {
            Members members = Members.alike(7);
            assertThat(members.choices(RoutingPolicy.hash(), 42, 1))
                    .isEqualTo(members.choices(RoutingPolicy.hash(), 42, 1));
        }

        @Test
        void onlyTheKeysOfTheOneThatLeftMove() {
            ReplicaId[] before = owners(Members.called(1, 2, 3, 4, 5));
            ReplicaId[] after = owners(Members.called(1, 2, 4, 5));

            for (int key = 0; key < KEYS; key++) {
                if (before[key].number() != 3) {
                    assertThat(after[key]).isEqualTo(before[key]);
                }
            }
        }

        @Test
        void onlyTheKeysThatTheNewOneTakesMove() {
            ReplicaId[] before = owners(Members.called(1, 2, 3, 4));
            ReplicaId[] after = owners(Members.called(1, 2, 3, 4, 9));

            int moved = 0;
            for (int key = 0; key < KEYS; key++) {
                if (!after[key].equals(before[key])) {
                    assertThat(after[key].number()).isEqualTo(9);
                    moved++;
                }
            }
            assertThat(moved).isBetween(1_800, 2_200);
        }

        @Test
        void spreadsKeysThatFollowEachOther() {
            assertThat(Members.alike(10).shares(RoutingPolicy.hash(), 0, KEYS))
                    .allMatch(share -> 850 < share && share < 1_150);
        }

        @Test
        void choosesRightlyEvenWhereNobodyPreparedIt() {
            Members members = Members.alike(5);
            assertThat(RoutingPolicy.hash().choose(members, 77))
                    .isEqualTo(RoutingPolicy.hash().over(members).choose(members, 77));
        }

        private ReplicaId[] owners(Members members) {
            RoutingPolicy prepared = RoutingPolicy.hash().over(members);
            ReplicaId[] owners = new ReplicaId[KEYS];
            for (int key = 0; key < KEYS; key++) {
                owners[key] = members.id(prepared.choose(members, key));
            }
            return owners;
        }
    }
}
