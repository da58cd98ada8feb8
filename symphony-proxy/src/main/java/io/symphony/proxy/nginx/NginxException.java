package io.symphony.proxy.nginx;

/** Something about nginx did not go as it should; the message says what, and what to try. */
public final class NginxException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NginxException(String message) {
        super(message);
    }

    NginxException(String message, Throwable cause) {
        super(message, cause);
    }
}
