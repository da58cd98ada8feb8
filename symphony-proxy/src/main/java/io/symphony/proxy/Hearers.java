package io.symphony.proxy;

import org.jspecify.annotations.Nullable;

/** Those who hear of a replica's response on its way to the client: the memory of first answers, and the cache. */
final class Hearers {

    private final @Nullable Repeats repeats;
    private final @Nullable Caching caching;

    private Hearers(@Nullable Repeats repeats, @Nullable Caching caching) {
        this.repeats = repeats;
        this.caching = caching;
    }

    /** Null where there is nobody, so that nothing costs more than to see that. */
    static @Nullable Hearers of(@Nullable Repeats repeats, @Nullable Caching caching) {
        return repeats == null && caching == null ? null : new Hearers(repeats, caching);
    }

    /** The head has been written for the client; whether the client is to get another answer. */
    boolean answered(int status, HeadWriter head, Body body) {
        if (repeats != null) {
            repeats.answered(status, head, body);
        }
        return caching != null && caching.answered(status, head, body);
    }

    /** Gives the client that other answer. */
    void answerInstead() {
        if (caching != null) {
            caching.answerInstead();
        }
    }

    /** A piece of its body is about to go to the client. Whoever has the whole of it finds it kept. */
    void record(int from, int to, Body body) {
        if (repeats != null) {
            repeats.record(from, to);
        }
        if (caching != null) {
            caching.record(from, to);
        }
        if (body.ended()) {
            complete();
        }
    }

    /** The response is whole; it may be told so twice. */
    void complete() {
        if (repeats != null) {
            repeats.complete();
        }
        if (caching != null) {
            caching.complete();
        }
    }

    /** No replica has answered; whether something else has. */
    boolean standIn() {
        return caching != null && caching.standsIn();
    }

    /** The exchange is over. */
    void end() {
        if (repeats != null) {
            repeats.end();
        }
        if (caching != null) {
            caching.end();
        }
    }
}
