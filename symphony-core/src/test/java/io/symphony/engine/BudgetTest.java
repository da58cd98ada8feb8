package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.symphony.fleet.Phase;
import io.symphony.scaling.ScalingPolicy;
import io.symphony.scaling.Target;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts and stops stay bounded, however the traffic swings. */
class BudgetTest {

    private static final int HOURS = 3;
    private static final int CHANGES_AN_HOUR = 40;
    private static final int UNLIMITED = 1_000_000;
    private static final Duration HALF_WAVE = Duration.ofSeconds(5);

    /** So many requests a second and more are worth one replica more; a tenth below and above it swings the traffic. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 40, 50, 60, 70, 80, 90})
    void aSquareWaveAroundAThresholdIsSoonNotFollowedDownAnyMore(int threshold) {
        Story story = driven(threshold - 1, threshold + 1, UNLIMITED);

        assertThat(changes(story)).as("and not thousands").isBetween(20, HOURS * 15 + 20);
    }

    /** A step up later than a minute and a half after one down is not regretted, and would be made all the same. */
    @Test
    void aSlowerWaveCausesNoMoreChangesThanTheBudgetHas() {
        Duration half = Duration.ofSeconds(100);

        assertThat(changes(driven(19, 21, 20, half))).isLessThanOrEqualTo((HOURS + 1) * 20 + 10);
        assertThat(changes(driven(19, 21, UNLIMITED, half))).isGreaterThan(100);
    }

    @Test
    void aWaveOverTheWholeRangeAndToZeroIsBoundedToo() {
        Story story = driven(0, 95, CHANGES_AN_HOUR);

        assertThat(changes(story)).isLessThanOrEqualTo((HOURS + 1) * CHANGES_AN_HOUR + 10);
        assertThat(story.count(Phase.READY))
                .as("those who are needed are there")
                .isEqualTo(10);
    }

    @Test
    void aRefusalIsSaidInTheReasonAndNeverHoldsUpMore() {
        AtomicInteger wanted = new AtomicInteger(5);
        Story story = Story.withReady(5, wanting(wanted, 4));
        wanted.set(1);
        story.run(Duration.ofSeconds(2));

        assertThat(story.state().target().replicas()).as("two were paid for").isEqualTo(3);
        assertThat(story.state().target().reason())
                .isEqualTo("wanted; 3 kept, since scaling has spent its 4 starts and stops an hour");
        wanted.set(9);
        story.run(Duration.ofSeconds(2));
        assertThat(story.count(Phase.READY)).isEqualTo(9);
    }

    @Test
    void healingCostsNothing() {
        Rules rules = wanting(new AtomicInteger(1), 2);
        Story story = Story.withReady(1, rules);
        for (long number = 1; number <= 20; number++) {
            story.run(Duration.ofSeconds(20));
            story.tick(new Fact.Vanished(Story.id(number), "killed"));
        }
        story.run(Duration.ofSeconds(20));

        assertThat(story.count(Phase.READY)).isEqualTo(1);
        assertThat(story.state().budget().stops(rules.restraint(), story.now())).isEqualTo(1);
    }

    @Test
    void aBudgetThatAllowsNothingIsRefused() {
        assertThatThrownBy(() -> new Restraint(Duration.ofMinutes(5), 1))
                .hasMessage("changesPerHour: 1 (expected: >= 2, one replica stopped and started again)");
    }

    private static Story driven(int low, int high, int changesAnHour) {
        return driven(low, high, changesAnHour, HALF_WAVE);
    }

    private static Story driven(int low, int high, int changesAnHour, Duration halfWave) {
        Story story = new Story(rules(ScalingPolicy.requestsPerSecond(10, Duration.ofSeconds(1)), changesAnHour));
        story.drainsEnd = true;
        for (int second = 0; second < HOURS * 3_600; second++) {
            story.requests += second / halfWave.toSeconds() % 2 == 0 ? low : high;
            story.standStill(Duration.ofMillis(900)).run(Story.TICK);
        }
        return story;
    }

    private static int changes(Story story) {
        return story.starts().size() + story.stops().size();
    }

    private static Rules wanting(AtomicInteger wanted, int changesAnHour) {
        return Story.rules(
                1, 10, view -> new Target(wanted.get(), "wanted"), new Restraint(Duration.ofMinutes(5), changesAnHour));
    }

    private static Rules rules(ScalingPolicy policy, int changesAnHour) {
        return Story.rules(0, 10, policy, new Restraint(Duration.ofSeconds(2), changesAnHour));
    }
}
