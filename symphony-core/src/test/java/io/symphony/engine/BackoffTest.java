package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Endpoint;
import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import io.symphony.fleet.ReplicaId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long START = Long.MAX_VALUE - seconds(20); // a real clock may wrap around

    @Test
    void pausesLongerAfterEachFailureUpToHalfAMinute() {
        List<Long> pauses = new ArrayList<>();
        Backoff backoff = Backoff.NONE;
        long now = START;
        for (int failure = 0; failure < 9; failure++) {
            backoff = backoff.failed(now, "no such file");
            long begun = now;
            while (backoff.holds(now)) {
                now += seconds(1);
            }
            pauses.add((now - begun) / seconds(1));
        }

        assertThat(pauses).containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void holdsUntilTheVeryEndOfThePause() {
        Backoff backoff = Backoff.NONE.failed(START, "why").failed(START, "why");

        assertThat(backoff.holds(START + seconds(1) - 1)).isTrue();
        assertThat(backoff.holds(START + seconds(1))).isFalse();
    }

    @Test
    void failuresDuringAPauseDoNotProlongIt() {
        Backoff backoff = Backoff.NONE;
        for (int parallel = 0; parallel < 10; parallel++) {
            backoff = backoff.failed(START, "why");
        }

        assertThat(backoff.failures()).isEqualTo(2);
        assertThat(backoff.holds(START + seconds(1))).isFalse();
    }

    @Test
    void isForgivenOnceAReplicaThatGotWellSinceHasServedForAWhile() {
        Backoff backoff = Backoff.NONE.failed(START, "why").failed(START, "why");
        Fleet before = Fleet.of(List.of(readySince(START - seconds(60))));
        Fleet since = Fleet.of(List.of(readySince(START + seconds(2))));

        assertThat(backoff.forgivenBy(before, START + seconds(60))).isSameAs(backoff);
        assertThat(backoff.forgivenBy(since, START + seconds(12))).isSameAs(backoff);
        assertThat(backoff.forgivenBy(since, START + seconds(12) + 1)).isSameAs(Backoff.NONE);
        assertThat(Backoff.NONE.forgivenBy(since, START)).isSameAs(Backoff.NONE);
    }

    @Test
    void isForgottenAfterTenMinutesWhateverHappened() {
        Backoff backoff = Backoff.NONE.failed(START, "why").failed(START, "why");

        assertThat(backoff.forgivenBy(Fleet.empty(), START + seconds(600))).isSameAs(backoff);
        assertThat(backoff.forgivenBy(Fleet.empty(), START + seconds(600) + 1)).isSameAs(Backoff.NONE);
    }

    private static Replica readySince(long nanos) {
        return Replica.running(new ReplicaId("acts", 1), "v1", 1, Endpoint.local(1), nanos)
                .entered(Phase.READY, nanos);
    }

    @Test
    void saysHowItStandsInWords() {
        Backoff first = Backoff.NONE.failed(START, "why");
        Backoff third = first.failed(START, "why").failed(START + seconds(2), "why");

        assertThat(first.inWords(START)).isEqualTo("the first failure, tried again at once");
        assertThat(third.inWords(START + seconds(2))).isEqualTo("3 failures in a row, the next start in 2.0 s");
    }

    @Test
    void doesNotOverflowAfterAnyNumberOfFailures() {
        assertThat(Backoff.pauseAfter(Integer.MAX_VALUE)).isEqualTo(seconds(30));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
