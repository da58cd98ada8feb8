package io.symphony;

/**
 * No replica could take a request. The message says why, with numbers:
 * {@code acts: no replica is ready (ready=0, warming=2, starting=1, draining=0, target=3)}.
 *
 * <p>It is thrown on the path of requests, perhaps often, so it carries no stack trace.
 *
 * <pre>{@code
 * try (Lease lease = acts.lease()) {
 *     call(lease.endpoint());
 * } catch (NoReplicaAvailableException none) {
 *     answer(503, none.getMessage());
 * }
 * }</pre>
 */
public final class NoReplicaAvailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoReplicaAvailableException(String message) {
        super(message, null, false, false);
    }
}
