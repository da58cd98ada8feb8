package io.symphony.examples;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Turns Ctrl-C and TERM into something that the main thread can wait for, so that one thread both begins and ends
 * everything, and the program leaves with its own exit code.
 */
final class EndSignal {
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

    /** From now on a signal no longer ends the program by itself. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::holdOpen, "end-signal"));
    }

    boolean isAsked() {
        return asked.isDone();
    }

    /** Completes when somebody asks the program to end. */
    CompletableFuture<Void> asked() {
        return asked;
    }

    /** Waits for the signal. */
    void await() throws InterruptedException {
        awaitFor(FOR_EVER);
    }

    /** Waits for the signal at most this long. */
    void awaitFor(Duration patience) throws InterruptedException {
        try {
            asked.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new AssertionError("nothing completes this with an exception", e);
        }
    }

    /** The main thread is done; hands its exit code through. */
    int finish(int code) {
        exitCode.complete(code);
        return code;
    }

    /** Runs while the virtual machine waits for its end. */
    private void holdOpen() {
        if (exitCode.isDone()) {
            return;
        }
        asked.complete(null);
        // Left to itself the virtual machine would exit with 130 or 143 however well it ended.
        Runtime.getRuntime().halt(exitCode.join());
    }
}
