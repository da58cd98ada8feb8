package io.symphony.docker;

import io.symphony.spi.RuntimeFailure;

/** What somebody wants of the daemon, told as the SPI has it: whom it is for goes before what went wrong. */
@FunctionalInterface
interface Request<T> {

    T make() throws DaemonFailure, RuntimeFailure, InterruptedException;

    static <T> T of(Object whom, Request<T> request) throws RuntimeFailure, InterruptedException {
        try {
            return request.make();
        } catch (DaemonFailure | RuntimeFailure e) {
            throw new RuntimeFailure(whom + ": " + e.getMessage(), e);
        }
    }
}
