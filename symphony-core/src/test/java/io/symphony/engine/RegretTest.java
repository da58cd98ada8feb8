package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.Target;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is learned from steps down that are taken back soon. */
class RegretTest {

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }

    /** So often in turn, ten seconds each; it is half past the last one's time now. */
    private static Regret after(int times) {
        Regret regret = Regret.NONE;
        for (int i = 0; i < times; i++) {
            regret = regret.lowered(seconds(20 * i)).raised(seconds(20 * i + 10));
        }
        return regret;
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "3, 0", "4, 30", "5, 60", "6, 120", "9, 960", "20, 960"})
    void thePauseBeginsAfterThreeAndDoubles(int times, long pause) {
        assertThat(after(times).pause(seconds(20L * times))).isEqualTo(Duration.ofSeconds(pause));
    }

    @Test
    void tenMinutesWithoutOneMakeUpForOne() {
        long last = seconds(20 * 4 + 10);

        assertThat(after(5).remembered(last + seconds(599))).isEqualTo(5);
        assertThat(after(5).remembered(last + seconds(600))).isEqualTo(4);
        assertThat(after(5).remembered(last + seconds(100_000))).isZero();
    }

    @Test
    void aStepDownThatLastedIsNotRegretted() {
        assertThat(Regret.NONE.lowered(0).raised(seconds(91)).remembered(seconds(91)))
                .isZero();
        assertThat(Regret.NONE.lowered(0).raised(seconds(90)).remembered(seconds(90)))
                .isEqualTo(1);
    }

    @Test
    void twoStepsUpAfterOneDownAreRegrettedOnce() {
        assertThat(Regret.NONE.lowered(0).raised(1).raised(2).remembered(3)).isEqualTo(1);
    }

    @Test
    void theReasonSaysWhatIsKeptAndWhy() {
        AtomicInteger wanted = new AtomicInteger(2);
        ScalingPolicy policy = view -> new Target(wanted.get(), "wanted");
        Story story = Story.withReady(2, Story.rules(1, 5, policy, Restraint.standard(1_000)));
        for (int i = 0; i < 4; i++) {
            wanted.set(1);
            story.run(Duration.ofSeconds(5));
            wanted.set(2);
            story.run(Duration.ofSeconds(5));
        }
        wanted.set(1);
        story.run(Duration.ofSeconds(5));

        assertThat(story.state().target().reason())
                .isEqualTo(
                        "wanted; 2 kept, for 2 were wanted within the last 30 s, and steps down were taken back soon 4"
                                + " times lately");
        story.run(Duration.ofSeconds(30));
        assertThat(story.state().target().replicas()).as("half a minute later").isEqualTo(1);
    }
}
