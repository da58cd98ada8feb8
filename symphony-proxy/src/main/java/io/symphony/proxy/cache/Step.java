package io.symphony.proxy.cache;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is to be done next for a request that looks into the cache. */
public sealed interface Step {

    /**
     * Give this answer.
     *
     * @param refresh what is to be asked of a replica meanwhile, where it is time for that
     */
    record Serve(Answer answer, Optional<Visit> refresh) implements Step {}

    /**
     * Ask a replica.
     *
     * @param question fields that take the place of the client's own conditions; where there are none, these stay
     */
    record Ask(Fields question) implements Step {}

    /** Wait until another request has landed, and look again. */
    record Wait(CompletableFuture<Void> landing) implements Step {}

    /** Say that it is not here: the client wants nothing but what is (504). */
    record Refuse() implements Step {}
}
