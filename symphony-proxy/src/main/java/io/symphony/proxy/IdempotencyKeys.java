package io.symphony.proxy;

import java.time.Duration;

/**
 * Repeats of a POST or PATCH with the same {@code Idempotency-Key} get the first answer, and no replica is asked again.
 * It needs Caffeine.
 *
 * <pre>{@code
 * Listener.forwarding(orchestrator).idempotencyKeys(IdempotencyKeys.optional().withKept(Duration.ofHours(1))).start();
 * }</pre>
 *
 * @param required whether a POST or PATCH without a key is refused
 * @param kept how long an answer is kept
 * @param mostAnswerBytes the most content of an answer that is kept; of a larger one is kept only that it was given
 * @param mostBytes the most that all answers may take up; beyond that some are forgotten early
 */
public record IdempotencyKeys(boolean required, Duration kept, int mostAnswerBytes, long mostBytes) {

    /** What goes out in one piece. */
    private static final int LARGEST_BYTES = 64 * 1024;

    public IdempotencyKeys {
        if (kept.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("kept: " + kept + " (expected: >= 1s)");
        }
        if (mostAnswerBytes < 0 || mostAnswerBytes > LARGEST_BYTES) {
            throw new IllegalArgumentException(
                    "mostAnswerBytes: " + mostAnswerBytes + " (expected: 0 to " + LARGEST_BYTES + ")");
        }
        if (mostBytes < KeptAnswer.OVERHEAD_BYTES) {
            throw new IllegalArgumentException(
                    "mostBytes: " + mostBytes + " (expected: >= " + KeptAnswer.OVERHEAD_BYTES + ")");
        }
    }

    /** A request without a key is none of this business. */
    public static IdempotencyKeys optional() {
        return new IdempotencyKeys(false, Duration.ofHours(24), LARGEST_BYTES, 64L * 1024 * 1024);
    }

    /** A POST or PATCH without a key gets a 400. */
    public static IdempotencyKeys mandatory() {
        IdempotencyKeys keys = optional();
        return new IdempotencyKeys(true, keys.kept, keys.mostAnswerBytes, keys.mostBytes);
    }

    public IdempotencyKeys withKept(Duration time) {
        return new IdempotencyKeys(required, time, mostAnswerBytes, mostBytes);
    }

    public IdempotencyKeys withMostAnswerBytes(int most) {
        return new IdempotencyKeys(required, kept, most, mostBytes);
    }

    public IdempotencyKeys withMostBytes(long most) {
        return new IdempotencyKeys(required, kept, mostAnswerBytes, most);
    }
}
