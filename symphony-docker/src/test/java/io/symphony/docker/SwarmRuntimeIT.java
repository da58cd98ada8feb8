package io.symphony.docker;

import io.symphony.contract.ContainerRuntimeContract;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TwoNodes.class)
class SwarmRuntimeIT extends ContainerRuntimeContract {

    /** Longer than any stop of the contract's takes to be interrupted; the swarm's end ends what is left. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Override
    protected ContainerRuntime newRuntime() {
        return TwoNodes.runtime(GRACE);
    }

    @Override
    protected ServiceSpec wellBehaved(String service) {
        return ServiceSpec.image(service, OnDocker.IMAGE);
    }

    @Override
    protected ServiceSpec exitsAtOnce(String service) {
        return wellBehaved(service)
                .withEnv(Answering.BEHAVIOUR, "exits")
                .withEnv("COMPLAINT", COMPLAINT)
                .withEnv("EXIT_CODE", Integer.toString(EXIT_CODE));
    }

    @Override
    protected ServiceSpec ignoresTerm(String service) {
        return wellBehaved(service).withEnv(Answering.BEHAVIOUR, "deaf").withEnv("DEAF", DEAF);
    }

    @Override
    protected ServiceSpec cannotStart(String service) {
        return ServiceSpec.image(service, "symphony-no-such-image:1");
    }
}
