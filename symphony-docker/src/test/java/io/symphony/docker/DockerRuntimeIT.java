package io.symphony.docker;

import io.symphony.spi.ContainerRuntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnDocker.class)
class DockerRuntimeIT extends ImageContract {

    @Override
    protected ContainerRuntime newRuntime() {
        return OnDocker.runtime().build();
    }

    /** The contract looks at what runs; the dead would stay. */
    @AfterEach
    void clear() throws Exception {
        try (Engine engine = new Engine()) {
            engine.clear(service());
        }
    }
}
