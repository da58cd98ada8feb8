package io.symphony.proxy;

/** A listener could not begin. The message is a sentence that says why and what to try. */
public final class ListenerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ListenerException(String message) {
        super(message);
    }

    ListenerException(String message, Throwable cause) {
        super(message, cause);
    }
}
