package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.spi.Mandate;
import io.symphony.spi.Mandate.Decree;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may write the shared record, and for how long it makes a leader; seconds are its own clock's. */
class TenureTest {

    private static final Decree NOTHING = new Decree(0, 1, OptionalInt.empty(), Set.of());
    private static final Decree FOUR = new Decree(9, 4, OptionalInt.of(4), Set.of(7L));
    private static final Mandate THEIRS = Mandate.first("other", FOUR);

    private Tenure tenure = Tenure.of("us", 0);

    @Test
    void whereNobodyLedWeLeadAtOnce() {
        see(null, 0);

        assertThat(next(0)).contains(Mandate.first("us", NOTHING));

        land(Mandate.first("us", NOTHING), 0);
        assertThat(tenure.leads(seconds(1.9))).isTrue();
    }

    @Test
    void whoCouldNotWriteForTwoSecondsLeadsNoMore() {
        land(Mandate.first("us", NOTHING), 0);

        assertThat(tenure.leads(seconds(1.999))).isTrue();
        assertThat(tenure.leads(seconds(2))).isFalse();
    }

    /** A slow write is held against the writer: others may have seen it the moment that it was sent. */
    @Test
    void theTwoSecondsBeginBeforeTheWriteIsSent() {
        see(null, 0);
        tenure = tenure.claims(Mandate.first("us", NOTHING), 0)
                .saw(Optional.of(Mandate.first("us", NOTHING)), seconds(1.5));

        assertThat(tenure.leads(seconds(1.9))).isTrue();
        assertThat(tenure.leads(seconds(2))).isFalse();
    }

    @Test
    void whoFollowsWaitsForThreeSecondsWithoutAWrite() {
        see(THEIRS, 1);
        see(THEIRS, 3.9);
        assertThat(next(3.9)).isEmpty();

        see(THEIRS, 4);
        assertThat(next(4)).contains(THEIRS.succeededBy("us"));
    }

    @Test
    void aWriteBeginsTheThreeSecondsAnew() {
        see(THEIRS, 1);
        see(THEIRS.renewed(FOUR), 3.9);

        see(THEIRS.renewed(FOUR), 6.8);
        assertThat(next(6.8)).isEmpty();
    }

    @Test
    void whereTheLeaderHasResignedNobodyWaits() {
        see(THEIRS.resigned(), 1);

        assertThat(next(1)).contains(THEIRS.resigned().succeededBy("us"));
    }

    @Test
    void aSuccessorIsBoundByWhatWasDecided() {
        see(THEIRS, 0);
        see(THEIRS, 3);

        assertThat(next(3)).map(Mandate::decree).contains(FOUR);
        assertThat(next(3)).map(Mandate::term).contains(2L);
    }

    @Test
    void aWriteWhoseAnswerGotLostShowsInTheRecord() {
        see(null, 0);
        tenure = tenure.claims(Mandate.first("us", NOTHING), seconds(1));
        assertThat(tenure.leads(seconds(1))).as("nobody knows").isFalse();

        see(Mandate.first("us", NOTHING), 2);

        assertThat(tenure.leads(seconds(2))).isTrue();
        assertThat(tenure.leads(seconds(3))).as("it was sent at 1 s").isFalse();
    }

    @Test
    void whoSeesAnotherInTheRecordLeadsNoMore() {
        land(Mandate.first("us", NOTHING), 0);

        see(Mandate.first("us", NOTHING).succeededBy("other"), 1);

        assertThat(tenure.leads(seconds(1))).isFalse();
        assertThat(next(1)).isEmpty();
    }

    /** A control side that stands still has not learned yet what it took over. */
    @Test
    void whatWasDecidedInAFormerTermIsNotWrittenInThisOne() {
        land(THEIRS.succeededBy("us"), 0);

        assertThat(tenure.next(new Resolution(NOTHING, 1, 1), seconds(1)))
                .map(Mandate::decree)
                .contains(FOUR);
        assertThat(tenure.next(new Resolution(NOTHING, 2, 2), seconds(1)))
                .map(Mandate::decree)
                .contains(NOTHING);
    }

    /** So a term is one stretch of time, and what was held back when it ended is not taken up in it. */
    @Test
    void whoHasStoppedDecidingBeginsAnotherTerm() {
        land(Mandate.first("us", NOTHING), 0);

        see(Mandate.first("us", NOTHING), 2.5);

        assertThat(next(2.5)).map(Mandate::term).contains(2L);
    }

    @Test
    void aFollowerLooksAgainWhenItsTurnMayHaveCome() {
        see(THEIRS, 0);

        assertThat(tenure.pause(seconds(0.5))).isEqualTo(Duration.ofSeconds(1));
        assertThat(tenure.pause(seconds(2.6))).isEqualTo(Duration.ofMillis(400));
    }

    private void see(Mandate record, double at) {
        tenure = tenure.saw(Optional.ofNullable(record), seconds(at));
    }

    private Optional<Mandate> next(double at) {
        return tenure.next(new Resolution(NOTHING, 0, 1), seconds(at));
    }

    private void land(Mandate mandate, double at) {
        tenure = tenure.claims(mandate, seconds(at)).saw(Optional.of(mandate), seconds(at));
    }

    private static long seconds(double count) {
        return (long) (count * 1_000_000_000L);
    }
}
