package io.symphony.proxy;

import io.symphony.proxy.ResponseRewrite.Persistence;

/** How a client sees where its response ends, and whether its connection goes on after it. */
final class Framing {

    private final RequestFacts facts;
    private final Body response;
    private boolean persists;

    Framing(RequestFacts facts, Body response) {
        this.facts = facts;
        this.response = response;
    }

    /** Reads the head of a replica's response; the connection goes on if the request and everything else lets it. */
    void begin(ResponseHead head, boolean mayPersist) {
        persists = facts.persists() && mayPersist;
        if (facts.isHead() || head.isBodiless()) {
            response.none();
        } else if (head.chunked() && facts.isOld()) {
            response.unchunked();
            persists = false;
        } else if (head.chunked() && head.connection().namesTrailers()) {
            response.chunkedWithoutTrailers();
        } else if (head.chunked()) {
            response.chunked();
        } else if (head.contentLength() != Head.NO_LENGTH) {
            response.ofLength(head.contentLength());
        } else {
            response.untilClose();
            persists = false;
        }
    }

    boolean persists() {
        return persists;
    }

    /** What the client is to be told about its connection. */
    Persistence persistence() {
        return facts.persistence(persists);
    }
}
