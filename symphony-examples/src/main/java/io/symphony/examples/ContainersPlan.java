package io.symphony.examples;

import io.symphony.docker.DockerRuntime;
import io.symphony.docker.DockerRuntimeBuilder;
import io.symphony.docker.Images;
import io.symphony.docker.PullPolicy;
import io.symphony.docker.SwarmRuntime;
import io.symphony.spi.ContainerRuntime;
import io.symphony.spi.RuntimeFailure;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Replicas as containers, on one Docker Engine or on a swarm.
 *
 * @param pull when the image is fetched before the first start; later starts fetch it only where it is missing, or a
 *     replica that is replaced could come from another image than its neighbours
 */
record ContainersPlan(String image, Optional<Path> build, PullPolicy pull, DockerRuntimeBuilder runtime, Place place)
        implements RuntimePlan {

    @Override
    public void prepare(Terminal terminal) throws CannotStart, InterruptedException {
        try (ImageProgress progress = new ImageProgress(terminal);
                Engine engine = place.open(runtime.progress(progress))) {
            provide(engine.images(), progress);
        } catch (RuntimeFailure e) {
            throw new CannotStart(String.valueOf(e.getMessage()));
        } finally {
            runtime.progress(line -> {});
        }
    }

    @Override
    public Optional<ContainerRuntime> open() {
        PullPolicy later = pull == PullPolicy.NEVER ? PullPolicy.NEVER : PullPolicy.MISSING;
        return Optional.of(place.open(runtime.pull(later)).replicas());
    }

    private void provide(Images images, ImageProgress progress) throws RuntimeFailure, InterruptedException {
        if (build.isPresent()) {
            progress.begin("Building " + image + " from " + build.get());
            images.build(build.get(), image);
            progress.done();
        } else if (pull == PullPolicy.ALWAYS || !images.has(image) && pull == PullPolicy.MISSING) {
            pull(images, progress);
        } else if (!images.has(image)) {
            throw new RuntimeFailure("the Docker Engine has no image " + image
                    + ", and none is fetched with pull: never. Try 'docker pull " + image + "', or --pull missing.");
        }
    }

    private void pull(Images images, ImageProgress progress) throws RuntimeFailure, InterruptedException {
        progress.begin("Fetching " + image);
        try {
            images.pull(image);
        } catch (RuntimeFailure e) {
            throw image.startsWith(SampleImage.NAME)
                    ? new RuntimeFailure(e.getMessage() + ". Make it with '" + Grammar.PROGRAM + " sample-image'.", e)
                    : e;
        }
        progress.done();
    }

    /** Where the containers run. */
    @FunctionalInterface
    interface Place {
        Engine open(DockerRuntimeBuilder description);
    }

    /** What runs the containers, and its images. */
    record Engine(ContainerRuntime replicas, Images images) implements AutoCloseable {

        static Engine docker(DockerRuntimeBuilder description) {
            DockerRuntime runtime = description.build();
            return new Engine(runtime, runtime.images());
        }

        static Engine swarm(DockerRuntimeBuilder description) {
            SwarmRuntime runtime = description.buildOnSwarm(RunningService.GRACE);
            return new Engine(runtime, runtime.images());
        }

        @Override
        public void close() {
            replicas.close();
        }
    }
}
