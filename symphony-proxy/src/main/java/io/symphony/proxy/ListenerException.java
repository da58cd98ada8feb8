package io.symphony.proxy;

import java.net.BindException;

/** A listener could not begin. The message is a sentence that says why and what to try. */
public final class ListenerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** It could not listen there. */
    public static ListenerException cannotListen(String host, int port, Throwable cause) {
        return new ListenerException("Cannot listen on " + host + ":" + port + ": " + why(cause), cause);
    }

    /** It was not to listen there; the sentence says why and what to try. */
    public static ListenerException because(String sentence) {
        return new ListenerException(sentence);
    }

    private static String why(Throwable cause) {
        boolean inUse = cause instanceof BindException
                && String.valueOf(cause.getMessage()).contains("in use");
        return inUse ? "the port is in use. Choose another, or end the program that has it." : cause.getMessage() + ".";
    }

    ListenerException(String message) {
        super(message);
    }

    ListenerException(String message, Throwable cause) {
        super(message, cause);
    }
}
