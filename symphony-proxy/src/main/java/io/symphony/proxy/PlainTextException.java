package io.symphony.proxy;

import java.io.IOException;

/** A client speaks plain HTTP where TLS is spoken. */
final class PlainTextException extends IOException {

    private static final long serialVersionUID = 1;

    PlainTextException() {
        super("plain HTTP on a port that speaks TLS");
    }
}
