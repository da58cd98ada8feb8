package io.symphony.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.fleet.Fleet;
import io.symphony.fleet.Phase;
import io.symphony.fleet.Replica;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTimesTest {

    private final StartTimes times = new StartTimes();

    @Test
    void nothingIsKnownUntilOneServes() {
        order(1, 0);
        times.follow(fleet(1, Phase.WARMING), List.of(), seconds(5));

        assertThat(times.average()).isEmpty();
    }

    @Test
    void theTimeIsFromTheOrderUntilItServes() {
        order(1, 0);
        times.follow(fleet(1, Phase.WARMING), List.of(), seconds(3));
        times.follow(fleet(1, Phase.READY), List.of(), seconds(8));
        times.follow(fleet(1, Phase.READY), List.of(), seconds(9));

        assertThat(times.average()).contains(Duration.ofSeconds(8));
    }

    @Test
    void theLastOnesWeighMost() {
        order(1, 0);
        times.follow(fleet(1, Phase.READY), List.of(), seconds(8));
        order(2, 8);
        times.follow(fleet(2, Phase.READY), List.of(), seconds(20));

        assertThat(times.average()).contains(Duration.ofSeconds(9));
    }

    @Test
    void oneThatNeverGotWellCountsForNothing() {
        order(1, 0);
        times.follow(fleet(1, Phase.STOPPING), List.of(), seconds(8));
        times.follow(fleet(1, Phase.READY), List.of(), seconds(9));
        order(2, 9);
        times.follow(Fleet.empty(), List.of(), seconds(10));

        assertThat(times.average()).isEmpty();
    }

    private void order(long number, long second) {
        Action start = new Action.Start(Story.id(number), Story.SPEC);
        times.follow(fleet(number, Phase.STARTING), List.of(start), seconds(second));
    }

    private static Fleet fleet(long number, Phase phase) {
        Replica replica = Replica.starting(Story.id(number), "v", 0).entered(phase, 0);
        return Fleet.of(List.of(replica));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
