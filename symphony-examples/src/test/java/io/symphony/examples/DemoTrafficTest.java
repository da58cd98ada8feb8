package io.symphony.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.symphony.examples.DemoTraffic.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {
    private static final int WINDOW_SECONDS = 5;

    @Test
    void aWaveScalesUpAndDownWithinAMinute() {
        assertThat(DemoCommand.DEFAULTS).containsEntry(PolicySettings.WINDOW, WINDOW_SECONDS + "s");
        int step = Integer.parseInt(DemoCommand.DEFAULTS.get(PolicySettings.BASE_SCALE_COUNT));
        int most = Integer.parseInt(DemoCommand.DEFAULTS.get(ScalingSettings.MAX));

        List<Integer> replicas = DemoTraffic.WAVE.stream()
                .map(phase -> phase.perSecond() * WINDOW_SECONDS / step + 1)
                .toList();

        assertThat(replicas).containsExactly(1, 3, 5, 2).allMatch(count -> count < most);
        assertThat(DemoTraffic.WAVE).allMatch(phase -> phase.seconds() >= 2 * WINDOW_SECONDS);
        assertThat(DemoTraffic.WAVE.stream().mapToInt(Phase::seconds).sum()).isLessThan(60);
    }
}
