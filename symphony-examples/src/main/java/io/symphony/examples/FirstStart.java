package io.symphony.examples;

import io.symphony.spi.Event;
import io.symphony.spi.Event.Kind;
import io.symphony.spi.EventListener;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How the very first replica fares: it serves, or it could not be started. A command that cannot work at all is then found
 * at once; whatever happens later is for the engine to mend.
 */
final class FirstStart implements EventListener {
    private final CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();

    /** A fixed pool is started by somebody else, so there is nothing to wait for. */
    FirstStart(ServicePlan plan) {
        if (plan.isFixedPool()) {
            outcome.complete(Optional.empty());
        }
    }

    @Override
    public void on(Event event) {
        // What was taken over has served before: a failure beside it must not end it.
        if (event.kind() == Kind.READY || event.kind() == Kind.ADOPTED) {
            outcome.complete(Optional.empty());
        } else if (event.kind() == Kind.START_FAILED) {
            outcome.complete(Optional.of(withoutNextAttempt(event.toString())));
        }
    }

    /** What stands after the last semicolon is when the engine tries again, which it will not. */
    private static String withoutNextAttempt(String text) {
        int semicolon = text.lastIndexOf("; ");
        return semicolon < 0 ? text : text.substring(0, semicolon);
    }

    CompletableFuture<Optional<String>> outcome() {
        return outcome;
    }

    /** Why it failed; empty when it did not, or when nothing is known yet. */
    Optional<String> failure() {
        return outcome.getNow(Optional.empty());
    }
}
