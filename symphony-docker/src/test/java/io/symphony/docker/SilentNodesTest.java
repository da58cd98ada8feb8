package io.symphony.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SilentNodesTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final SilentNodes silent = new SilentNodes(nanos::get);

    @Test
    void aNodeThatWasSilentIsAvoidedForHalfAMinute() {
        silent.add("n1");

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(silent.constraints()).containsExactly("node.id!=n1");

        nanos.addAndGet(1);
        assertThat(silent.constraints()).isEmpty();
    }
}
