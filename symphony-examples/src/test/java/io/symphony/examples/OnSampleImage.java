package io.symphony.examples;

import io.symphony.docker.DockerRuntime;
import io.symphony.docker.NeedsDocker;
import io.symphony.spi.RuntimeFailure;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Tests with containers of the sample service; its image is made before the first of them and goes after the last. */
public final class OnSampleImage extends NeedsDocker implements BeforeAllCallback {

    /** As {@code sample-image} makes it, under a name that no other run uses. */
    public static final String IMAGE = "symphony-sample-it:" + UUID.randomUUID();

    private static final Namespace OURS = Namespace.create(OnSampleImage.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("image", key -> new Image(), Image.class);
    }

    /** The image of all tests of one run. */
    private static final class Image implements AutoCloseable {

        Image() {
            try (DockerRuntime engine = DockerRuntime.builder().build()) {
                SampleImage.make(engine.images(), IMAGE);
            } catch (RuntimeFailure | IOException e) {
                throw new IllegalStateException("no image for the tests", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws RuntimeFailure {
            try (DockerRuntime engine = DockerRuntime.builder().build()) {
                engine.images().remove(IMAGE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
