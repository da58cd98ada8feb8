package io.symphony.testing;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Tests with a real program. Where it is not installed they are skipped and say so, or fail where {@code
 * symphony.PROGRAM.tests} is {@code required}; {@code off} skips them everywhere.
 */
abstract class OnInstalled implements ExecutionCondition {

    private static final int PATIENCE_SECONDS = 30;

    private final String program;
    private final String saysItsVersion;

    /** The program's name, which is also its package's, and the flag that makes it say its version. */
    OnInstalled(String program, String saysItsVersion) {
        this.program = program;
        this.saysItsVersion = saysItsVersion;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String property = "symphony." + program + ".tests";
        String wish = System.getProperty(property, "");
        if (wish.equals("off")) {
            return ConditionEvaluationResult.disabled(program + " tests are switched off (" + property + "=off)");
        }
        if (!wish.equals("required") && !isInstalled()) {
            String sentence = program + " tests are skipped, because no " + program + " is installed (apt-get install "
                    + program + ")";
            System.err.println(context.getDisplayName() + ": " + sentence);
            return ConditionEvaluationResult.disabled(sentence);
        }
        return ConditionEvaluationResult.enabled(program + " is installed, or has to be");
    }

    private boolean isInstalled() {
        try {
            Process process = new ProcessBuilder(program, saysItsVersion)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
