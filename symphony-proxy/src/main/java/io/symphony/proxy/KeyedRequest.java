package io.symphony.proxy;

import java.nio.ByteBuffer;

/** What a request with an idempotency key turns out to be. */
sealed interface KeyedRequest permits KeyedRequest.Refused, FirstRequest, RepeatedRequest {

    /** It is turned away before its content is read. */
    record Refused(Reply reply) implements KeyedRequest {}

    /** Takes in a piece of its content. */
    default void read(ByteBuffer piece) {}
}
