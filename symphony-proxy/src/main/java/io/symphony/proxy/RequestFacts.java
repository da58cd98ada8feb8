package io.symphony.proxy;

/** What must be remembered of a request's head for as long as its exchange lasts. One is used again and again. */
final class RequestFacts {

    private RequestMethod.Meaning method = RequestMethod.Meaning.OTHER;
    private boolean persists;
    private boolean old;
    private boolean idempotent;
    private boolean upgrades;

    void note(RequestHead head, RequestRewrite rewrite) {
        method = head.method().meaning();
        persists = head.persists();
        old = head.minor() == 0;
        idempotent = head.idempotent();
        upgrades = rewrite.upgrades(head);
    }

    RequestMethod.Meaning method() {
        return method;
    }

    /** Whether the client means to use its connection again. */
    boolean persists() {
        return persists;
    }

    /** What the client is to be told about its connection. */
    ResponseRewrite.Persistence persistence(boolean goesOn) {
        if (!goesOn) {
            return ResponseRewrite.Persistence.CLOSE;
        }
        return old ? ResponseRewrite.Persistence.KEEP_ALIVE : ResponseRewrite.Persistence.IMPLIED;
    }

    /** Whether the client speaks HTTP/1.0: no chunks, no interim responses. */
    boolean isOld() {
        return old;
    }

    boolean isHead() {
        return method == RequestMethod.Meaning.HEAD;
    }

    boolean isIdempotent() {
        return idempotent;
    }

    /** Whether the response may turn the connection into a tunnel. */
    boolean upgrades() {
        return upgrades;
    }
}
