package io.symphony.health;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a request failed at a replica.
 *
 * <pre>{@code
 * FailureReason.of(new ConnectException("Connection refused")); // CONNECT
 * }</pre>
 */
public enum FailureReason {
    /** No connection came about: refused, unreachable, no such host. */
    CONNECT,
    /** The connection broke before the answer was complete. */
    RESET,
    /** No answer in time. */
    TIMEOUT,
    /** The answer could not be understood. */
    GARBAGE,
    /** The answer's status is one of those that count as failures. */
    STATUS,
    /** The rule of balancing threw, so no replica had a part in it. */
    CHOICE,
    /** Something else. */
    OTHER;

    /** Whether there was no connection, or it broke: nothing was answered, and the next request may meet the same. */
    public boolean isOfConnection() {
        return this == CONNECT || this == RESET;
    }

    /** What a thrown exception, or the first of its causes that tells, stands for. */
    public static FailureReason of(Throwable thrown) {
        FailureReason found = OTHER;
        int depth = 0;
        for (@Nullable Throwable each = thrown; each != null && found == OTHER && depth < 16; each = each.getCause()) {
            found = alone(each);
            depth++;
        }
        return found;
    }

    private static FailureReason alone(Throwable thrown) {
        if (thrown instanceof ConnectException
                || thrown instanceof NoRouteToHostException
                || thrown instanceof UnknownHostException) {
            return CONNECT;
        }
        if (thrown instanceof SocketTimeoutException || thrown instanceof TimeoutException) {
            return TIMEOUT;
        }
        boolean broken = thrown instanceof SocketException
                || thrown instanceof EOFException
                || thrown instanceof ClosedChannelException;
        return broken ? RESET : OTHER;
    }
}
