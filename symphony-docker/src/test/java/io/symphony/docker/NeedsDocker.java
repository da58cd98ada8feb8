package io.symphony.docker;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Tests that need a Docker Engine. Without one they are skipped and say so, or fail where {@code symphony.docker.tests}
 * is {@code required}.
 */
public class NeedsDocker implements ExecutionCondition {

    private static final Namespace OURS = Namespace.create(NeedsDocker.class);
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
}
