package io.symphony.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PastRecordTest {

    private final PastRecord past = new PastRecord();

    @Test
    void knowsNothingBeforeTheFirstDecision() {
        assertThat(past.highestWantAfter(seconds(-1))).isEmpty();
        assertThat(past.lowestTargetSince(seconds(-1))).isEmpty();
        assertThat(past.highestTargetSince(seconds(-1))).isEmpty();
        assertThat(past.readyAt(seconds(10))).isEmpty();
    }

    @Test
    void remembersWhatWasWantedAndNotWhatBecameOfIt() {
        past.note(seconds(10), new Target(8, "wanted").within(1, 5), 3);

        assertThat(past.highestWantAfter(seconds(9))).hasValue(8);
        assertThat(past.highestTargetSince(seconds(9))).hasValue(5);
        assertThat(past.readyAt(seconds(11))).hasValue(3);
        assertThat(past.readyAt(seconds(9))).isEmpty();
    }

    @Test
    void aWantIsOverExactlyWhenItIsAsOldAsTheTimeAskedFor() {
        past.note(millis(10_200), new Target(8, "wanted"), 1);
        past.note(millis(10_300), new Target(2, "wanted"), 1);

        assertThat(past.highestWantAfter(millis(10_199))).hasValue(8);
        assertThat(past.highestWantAfter(millis(10_200))).isEmpty();
    }

    @Test
    void aPeakBetweenTwoSecondsIsNotLost() {
        past.note(millis(10_100), new Target(2, "wanted"), 1);
        past.note(millis(10_200), new Target(9, "wanted"), 1);
        past.note(millis(10_300), new Target(1, "wanted"), 1);

        assertThat(past.highestWantAfter(seconds(10))).hasValue(9);
        assertThat(past.highestTargetSince(seconds(10))).hasValue(9);
        assertThat(past.lowestTargetSince(seconds(10))).hasValue(1);
    }

    @Test
    void whatNobodyDecidedIsNoWant() {
        past.note(seconds(10), new Target(2, "wanted"), 1);
        past.note(seconds(20), Target.undecided(7, "ordered by hand"), 7);

        assertThat(past.highestWantAfter(seconds(5))).hasValue(2);
        assertThat(past.highestWantAfter(seconds(15))).isEmpty();
        assertThat(past.highestTargetSince(seconds(15))).hasValue(7);
    }

    @Test
    void aTargetStandsUntilTheNextOne() {
        past.note(seconds(10), new Target(4, "wanted"), 4);
        past.note(seconds(60), new Target(6, "wanted"), 4);

        assertThat(past.lowestTargetSince(seconds(30))).hasValue(4);
        assertThat(past.lowestTargetSince(seconds(61))).hasValue(6);
    }

    @Test
    void reachesBackOverAnHourAndForgetsWhatIsOlder() {
        for (int tick = 0; tick <= 200_000; tick++) {
            past.note(millis(100L * tick), new Target(tick % 1000 == 0 ? 9 : 3, "wanted"), tick / 10);
        }

        assertThat(past.readyAt(seconds(20_000 - 3_600))).hasValue(20_000 - 3_600);
        assertThat(past.readyAt(seconds(20_000 - 5_000))).isEmpty();
        assertThat(past.highestWantAfter(seconds(20_000 - 3_600))).hasValue(9);
        assertThat(past.highestWantAfter(seconds(19_901))).hasValue(9);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
