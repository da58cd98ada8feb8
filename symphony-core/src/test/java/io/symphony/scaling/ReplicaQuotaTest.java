package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.scaling.ReplicaQuota.Share;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReplicaQuotaTest {

    private final ReplicaQuota ten = ReplicaQuota.of(10);

    /** Everybody has what was granted before, and now wants so many; twice, since what is given up is free only then. */
    private static void settle(Share one, int wanted, Share other, int alsoWanted) {
        int held = one.settle(wanted, 0);
        int alsoHeld = other.settle(alsoWanted, 0);
        one.settle(wanted, held);
        other.settle(alsoWanted, alsoHeld);
    }

    private static int granted(Share share, int wanted) {
        return share.settle(wanted, 0);
    }

    @Test
    void whoIsAloneHasItAll() {
        assertThat(granted(ten.join(1, 0), 25)).isEqualTo(10);
    }

    @Test
    void theHigherPriorityComesFirstAndNobodyFallsBelowItsMinimum() {
        Share low = ten.join(2, 1);
        Share high = ten.join(1, 5);
        settle(low, 10, high, 10);

        assertThat(granted(low, 10)).isEqualTo(2);
        assertThat(granted(high, 10)).isEqualTo(8);
    }

    @Test
    void equalsShareEvenly() {
        Share one = ten.join(1, 0);
        Share other = ten.join(1, 0);
        settle(one, 10, other, 10);

        assertThat(granted(one, 10)).isEqualTo(5);
        assertThat(granted(other, 10)).isEqualTo(5);
    }

    @Test
    void whatOneDoesNotWantIsTheOthers() {
        Share one = ten.join(1, 0);
        Share other = ten.join(1, 0);
        settle(one, 3, other, 10);

        assertThat(granted(other, 10)).isEqualTo(7);
    }

    @Test
    void whatIsToBeGivenUpIsFreeOnceItIsGone() {
        Share low = ten.join(1, 1);
        Share high = ten.join(1, 5);
        settle(low, 9, high, 1);
        assertThat(high.settle(6, 1)).as("all are taken").isEqualTo(1);

        assertThat(low.settle(9, 9)).as("it is to give up five").isEqualTo(4);
        assertThat(high.settle(6, 1)).as("which still run").isEqualTo(1);
        low.settle(9, 6);
        assertThat(high.settle(6, 1)).as("three have gone").isEqualTo(4);
        low.settle(9, 4);
        assertThat(high.settle(6, 4)).isEqualTo(6);
    }

    @Test
    void whoLeavesLeavesItsPart() {
        Share one = ten.join(4, 0);
        Share other = ten.join(1, 0);
        settle(one, 8, other, 10);
        one.close();

        assertThat(granted(other, 10)).isEqualTo(10);
    }

    @Test
    void minimumsThatDoNotFitInAreRefused() {
        ten.join(6, 0);

        assertThatThrownBy(() -> ten.join(5, 0))
                .hasMessage("min: 5 (expected: the minimums of all who share 10 replicas to fit in, not 11)");
        assertThatThrownBy(() -> ReplicaQuota.of(0)).hasMessage("total: 0 (expected: >= 1)");
    }

    /** Whatever everybody wants, and however long replicas take to go. */
    @Test
    void thereAreNeverMoreThanTheQuota() {
        SplittableRandom random = new SplittableRandom(7);
        Share[] shares = {ten.join(1, 0), ten.join(2, 1), ten.join(0, 1)};
        int[] least = {1, 2, 0};
        int[] held = new int[shares.length];
        for (int step = 0; step < 10_000; step++) {
            int i = random.nextInt(shares.length);
            int granted = shares[i].settle(random.nextInt(12), held[i]);
            assertThat(granted).isGreaterThanOrEqualTo(least[i]);
            held[i] = granted > held[i] ? granted : Math.max(granted, held[i] - random.nextInt(2));
            assertThat(held[0] + held[1] + held[2]).isLessThanOrEqualTo(10);
        }
    }
}
