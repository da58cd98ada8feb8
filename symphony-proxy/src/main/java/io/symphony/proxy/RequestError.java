package io.symphony.proxy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** What was wrong with a request where its status cannot say so. */
enum RequestError {
    NONE(""),
    /** Towards clients: it went away, or did not take its response in time. */
    CLIENT_GONE("client_gone"),
    /** Towards clients: the response was cut short. */
    TRUNCATED("truncated"),
    /** Towards replicas: there was no connection. */
    CONNECT("connect"),
    /** Towards replicas: a connection, an answer or a piece of it did not come in time. */
    TIMEOUT("timeout"),
    /** Towards replicas: the connection broke, or ended too early. */
    CLOSED("connection_closed"),
    /** Towards replicas: the response broke the rules. */
    MALFORMED("malformed_response"),
    /** Towards replicas: we gave up, most often because the client had. */
    CANCELLED("cancelled");

    private final String word;

    RequestError(String word) {
        this.word = word;
    }

    /** Towards clients: what the outcome and its response, which may have begun, make of it. */
    static RequestError of(Outcome outcome, ResponseRelay response) {
        return switch (outcome) {
            case COMPLETED -> NONE;
            case ABANDONED -> CLIENT_GONE;
            case SHED, FAILED -> response.hasBegun() ? TRUNCATED : NONE;
        };
    }

    /** Towards replicas: what a lost connection was lost by. */
    static RequestError of(Loss loss, IOException cause) {
        if (cause instanceof SocketTimeoutException) {
            return TIMEOUT;
        }
        return loss == Loss.UNCONNECTED ? CONNECT : CLOSED;
    }

    /** As OpenTelemetry has it: the status where that is an error, and a word for what has none. */
    Optional<String> type(int status, int leastError) {
        if (this != NONE) {
            return Optional.of(word);
        }
        return status >= leastError ? Optional.of(Integer.toString(status)) : Optional.empty();
    }
}
