package io.symphony.spi;

/**
 * A runtime could not do what was asked; the message says what, with numbers, and what to try.
 *
 * <pre>{@code
 * throw new RuntimeFailure("acts-4: no port is free in 20000 to 29999. Stop what holds them, or give a base port.");
 * }</pre>
 */
public final class RuntimeFailure extends Exception {

    private static final long serialVersionUID = 1;

    public RuntimeFailure(String message) {
        super(message);
    }

    public RuntimeFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
