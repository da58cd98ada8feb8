package io.symphony.examples;

/** A command could not do what it was asked; the message is the sentence that says so. */
final class CannotStart extends Exception {
    private static final long serialVersionUID = 1;

    CannotStart(String message) {
        super(message);
    }
}
