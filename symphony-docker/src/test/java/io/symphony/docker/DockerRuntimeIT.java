package io.symphony.docker;

import io.symphony.contract.ContainerRuntimeContract;
import io.symphony.fleet.ServiceSpec;
import io.symphony.spi.ContainerRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnDocker.class)
class DockerRuntimeIT extends ContainerRuntimeContract {

    @Override
    protected ContainerRuntime newRuntime() {
        return OnDocker.runtime().build();
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

    /** The contract looks at what runs; the dead would stay. */
    @AfterEach
    void clear() throws Exception {
        try (Engine engine = new Engine()) {
            engine.clear(service());
        }
    }
}
