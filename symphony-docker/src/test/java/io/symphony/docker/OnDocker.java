package io.symphony.docker;

import io.symphony.spi.RuntimeFailure;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Tests on a real Docker Engine, with an image that is made before the first of them and removed after the last one.
 * Without an Engine they are skipped and say so, or fail where {@code symphony.docker.tests} is {@code required}.
 */
final class OnDocker implements ExecutionCondition, BeforeAllCallback {

    /** Answers on port 8080; see {@link Answering}. */
    static final String IMAGE = "symphony-test:" + UUID.randomUUID();

    private static final Namespace OURS = Namespace.create(OnDocker.class);
    private static final String WISH = System.getProperty("symphony.docker.tests", "");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (WISH.equals("off")) {
            return ConditionEvaluationResult.disabled("Docker tests are switched off (symphony.docker.tests=off)");
        }
        String trouble =
                context.getRoot().getStore(OURS).getOrComputeIfAbsent("trouble", key -> trouble(), String.class);
        if (!trouble.isEmpty() && !WISH.equals("required")) {
            String sentence = "Docker tests are skipped, because no Docker Engine answers: " + trouble;
            System.err.println(context.getDisplayName() + ": " + sentence);
            return ConditionEvaluationResult.disabled(sentence);
        }
        return ConditionEvaluationResult.enabled("a Docker Engine answers, or has to");
    }

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

    /** Why no Engine can be used; empty where one can. */
    private static String trouble() {
        try (Daemon daemon =
                new Daemon(DaemonAddress.fromEnvironment(System.getenv()), Optional.empty(), Duration.ofSeconds(5))) {
            daemon.version();
            return "";
        } catch (DaemonFailure e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
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
