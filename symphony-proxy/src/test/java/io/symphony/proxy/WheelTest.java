package io.symphony.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WheelTest {

    private static final long MILLI = 1_000_000;

    private final Wheel wheel = new Wheel(0);
    private final List<String> late = new ArrayList<>();

    @Test
    void whatIsPutOffIsLateAtItsLastDeadlineOnly() {
        Timed timed = named("a");
        wheel.set(timed, 100 * MILLI);
        wheel.set(timed, 500 * MILLI);
        wheel.advance(499 * MILLI);
        assertThat(late).isEmpty();
        wheel.advance(550 * MILLI);
        assertThat(late).containsExactly("a");
        wheel.advance(100_000 * MILLI);
        assertThat(late).containsExactly("a");
    }

    @Test
    void whatIsBroughtForwardIsLateSooner() {
        Timed timed = named("a");
        wheel.set(timed, 50_000 * MILLI);
        wheel.set(timed, 100 * MILLI);
        wheel.advance(150 * MILLI);
        assertThat(late).containsExactly("a");
    }

    @Test
    void whatIsRemovedOrNeverLateIsNotLate() {
        Timed removed = named("removed");
        wheel.set(removed, 100 * MILLI);
        wheel.remove(removed);
        Timed never = named("never");
        wheel.set(never, 100 * MILLI);
        wheel.set(never, Timed.NEVER);
        wheel.advance(1_000 * MILLI);
        assertThat(late).isEmpty();
    }

    @Test
    void nothingIsEarlyAndNothingIsATickLateWhateverTheOrder() {
        Random random = new Random(7);
        Map<String, Long> deadlines = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            long deadline = (1 + random.nextInt(120_000)) * MILLI;
            deadlines.put("t" + i, deadline);
            wheel.set(named("t" + i), deadline);
        }
        long now = 0;
        int seen = 0;
        while (seen < deadlines.size()) {
            long before = now;
            now += Math.max(1, wheel.idleMillis(now)) * MILLI;
            wheel.advance(now);
            for (String name : late.subList(seen, late.size())) {
                assertThat(deadlines.get(name)).isBetween(before - Wheel.TICK_NANOS - MILLI, now);
            }
            seen = late.size();
        }
        assertThat(late).doesNotHaveDuplicates().hasSameSizeAs(deadlines.keySet());
        assertThat(wheel.idleMillis(now)).isZero();
    }

    private Timed named(String name) {
        return new Timed() {
            @Override
            void late() {
                late.add(name);
            }
        };
    }
}
