package io.symphony.rollout;

/**
 * What became of a roll-out that somebody ordered.
 *
 * <pre>{@code
 * acts.rollOutAsync(next).thenAccept(result -> log.info("{}: {}", result.outcome(), result.reason()));
 * }</pre>
 *
 * @param outcome how it ended
 * @param reason why, with numbers
 */
public record RollOutResult(Outcome outcome, String reason) {

    /** How a roll-out ends. */
    public enum Outcome {
        /** All replicas are of the version that was ordered. */
        DONE,
        /** All replicas are of the former version again. */
        REVERTED,
        /** Another version was ordered before it was done. */
        SUPERSEDED,
        /** The orchestrator was closed before it was done. */
        CLOSED
    }

    public boolean isDone() {
        return outcome == Outcome.DONE;
    }
}
