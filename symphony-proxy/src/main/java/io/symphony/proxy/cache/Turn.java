package io.symphony.proxy.cache;

import java.util.Optional;

/** What becomes of a replica's response once its head is known. */
public sealed interface Turn {

    /**
     * It goes on to the client.
     *
     * @param cacheStatus what the client is told of it; none for methods that a cache leaves alone
     * @param recording what its content is to be told as well
     */
    record Relay(Optional<String> cacheStatus, Optional<Recording> recording) implements Turn {}

    /** The client gets this answer instead. */
    record Serve(Answer answer) implements Turn {}
}
