package io.symphony.proxy.admin;

import io.symphony.Status;

/**
 * How things stand, made once for all who look.
 *
 * @param number its place in the order, from 1
 * @param second the sample of the last whole second
 * @param text all of it as JSON
 */
record Now(long number, Status status, Sample second, String text) {

    static Now of(long number, Status status, Sample second) {
        return new Now(
                number,
                status,
                second,
                StatusText.write(new Json(), status, second).toString());
    }
}
