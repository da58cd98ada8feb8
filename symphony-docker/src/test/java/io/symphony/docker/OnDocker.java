package io.symphony.docker;

import io.symphony.spi.RuntimeFailure;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Tests on a real Docker Engine, with an image that is made before the first of them and removed after the last one. */
final class OnDocker extends NeedsDocker implements BeforeAllCallback {

    /** Answers on port 8080; see {@link Answering}. */
    static final String IMAGE = "symphony-test:" + UUID.randomUUID();

    private static final Namespace OURS = Namespace.create(OnDocker.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("image", key -> new TestImage(), TestImage.class);
    }

    static DockerRuntimeBuilder runtime() {
        return DockerRuntime.builder().containerPort(Answering.PORT).pull(PullPolicy.NEVER);
    }

    static JavaImage image(String reference) throws URISyntaxException {
        Path classes = Path.of(Answering.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return new JavaImage(reference, Answering.class.getName()).withClassPath(classes);
    }

    /** The image of all tests of one run. */
    private static final class TestImage implements AutoCloseable {

        TestImage() {
            try (DockerRuntime runtime = runtime().build()) {
                image(IMAGE).make(runtime.images());
            } catch (RuntimeFailure | InterruptedException | URISyntaxException e) {
                throw new IllegalStateException("no image for the tests", e);
            }
        }

        @Override
        public void close() throws RuntimeFailure {
            try (DockerRuntime runtime = runtime().build()) {
                runtime.images().remove(IMAGE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
