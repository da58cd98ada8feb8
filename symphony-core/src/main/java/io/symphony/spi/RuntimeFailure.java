package io.symphony.spi;

/** A runtime could not do what was asked; the message says what, with numbers, and what to try. */
public final class RuntimeFailure extends Exception {

    private static final long serialVersionUID = 1;

    public RuntimeFailure(String message) {
        super(message);
    }

    public RuntimeFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
