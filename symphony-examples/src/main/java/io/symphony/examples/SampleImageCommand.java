package io.symphony.examples;

import io.symphony.docker.DockerRuntime;
import io.symphony.examples.config.Configuration;
import io.symphony.examples.config.Setting;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.util.List;

/** Makes an image of the sample service on the Docker Engine at hand. */
final class SampleImageCommand implements Command {

    @Override
    public String name() {
        return "sample-image";
    }

    @Override
    public String headline() {
        return "Makes the image " + SampleImage.NAME + " on the Docker Engine at hand";
    }

    @Override
    public String summary() {
        return """
                Makes the image symphony-sample, which holds the sample service and listens on 8080, on the Docker
                Engine that DOCKER_HOST names, or else on this machine's. It needs no registry: the image gets a small
                Java runtime that is taken from the running JDK. On Linux.""";
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example("symphony sample-image", "makes it, or makes it anew"),
                new Example(
                        "symphony up --image symphony-sample --container-port 8080",
                        "runs it, one container at first"));
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of();
    }

    @Override
    public int run(Configuration configuration, Terminal terminal) throws InterruptedException {
        try (ImageProgress progress = new ImageProgress(terminal);
                DockerRuntime engine = DockerRuntime.builder().build()) {
            progress.begin("Making the image " + SampleImage.NAME);
            SampleImage.make(engine.images(), SampleImage.NAME);
            progress.done();
            return DONE;
        } catch (RuntimeFailure | IOException | IllegalArgumentException e) {
            terminal.error("sample-image: " + e.getMessage());
            return FAILED;
        }
    }
}
