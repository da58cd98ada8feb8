package io.symphony.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests with a real nginx. Where none is installed they are skipped and say so, or fail where {@code
 * symphony.nginx.tests} is {@code required}; {@code off} skips them everywhere.
 */
public final class OnNginx implements ExecutionCondition {

    private static final String WISH = System.getProperty("symphony.nginx.tests", "");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (WISH.equals("off")) {
            return ConditionEvaluationResult.disabled("nginx tests are switched off (symphony.nginx.tests=off)");
        }
        if (!WISH.equals("required") && !isInstalled()) {
            String sentence = "nginx tests are skipped, because no nginx is installed (apt-get install nginx)";
            System.err.println(context.getDisplayName() + ": " + sentence);
            return ConditionEvaluationResult.disabled(sentence);
        }
        return ConditionEvaluationResult.enabled("nginx is installed, or has to be");
    }

    private static boolean isInstalled() {
        try {
            Process process = new ProcessBuilder("nginx", "-v")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
