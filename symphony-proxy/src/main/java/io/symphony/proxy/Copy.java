package io.symphony.proxy;

/**
 * What is kept of a request until it can be sent, and then for as long as it may have to be sent again: its head, and what
 * came of its body with it.
 */
final class Copy {

    private final Loop loop;
    private final Exchange exchange;
    private final RequestFacts facts;
    private final Stash bytes = new Stash();
    private boolean repeated;

    Copy(Loop loop, Exchange exchange, RequestFacts facts) {
        this.loop = loop;
        this.exchange = exchange;
        this.facts = facts;
    }

    /** Gets ready for a new request. */
    void clear() {
        bytes.clear();
        repeated = false;
    }

    /** Keeps the beginning of a request, which stands in this range of the loop's buffer. */
    void keep(int from, int to) {
        bytes.set(loop.buffer(), from, to);
    }

    /** The request is going out: what could not be sent twice need not be kept. */
    void leaves(int from, int to) {
        if (mayBeRepeated()) {
            keep(from, to);
        } else {
            bytes.clear();
        }
    }

    boolean mayBeRepeated() {
        return facts.isIdempotent() && exchange.isRequestRead();
    }

    /** Whether it is here to be sent again. */
    boolean isHere() {
        return !bytes.isEmpty();
    }

    /** Whether it may be sent again after it was lost; where it may have left already, it may once. */
    boolean mayGoAgain(Loss loss) {
        boolean granted = loop.retries().grants(loss, isHere() && !repeated, loop.now());
        repeated |= loss.leavesWhatMayBeRepeated();
        return granted;
    }

    /** Writes it to the front of the loop's buffer: where it ends there. */
    int restore() {
        return bytes.copyTo(loop.buffer(), 0);
    }

    void drop() {
        bytes.clear();
    }
}
