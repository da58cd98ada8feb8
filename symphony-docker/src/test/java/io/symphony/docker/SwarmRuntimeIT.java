package io.symphony.docker;

import io.symphony.spi.ContainerRuntime;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("once")
@ExtendWith(TwoNodes.class)
class SwarmRuntimeIT extends ImageContract {

    /** Longer than any stop of the contract's takes to be interrupted; the swarm's end ends what is left. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Override
    protected ContainerRuntime newRuntime() {
        return TwoNodes.runtime(GRACE);
    }
}
