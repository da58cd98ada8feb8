package io.symphony.proxy;

import org.jspecify.annotations.Nullable;

/**
 * A request that got no response of a replica, or none that is whole. The message says why, with numbers. It is thrown
 * on the path of requests, perhaps often, so it carries no stack trace.
 *
 * <pre>{@code
 * answer(failed.status(), failed.getMessage()); // 503, acts: no replica is ready (ready=0, ...)
 * }</pre>
 */
public final class ForwarderException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final long retryAfterSeconds;

    ForwarderException(int status, String message) {
        this(Reply.of(status, message), null);
    }

    ForwarderException(int status, String message, Throwable cause) {
        this(Reply.of(status, message), cause);
    }

    ForwarderException(Reply reply) {
        this(reply, null);
    }

    private ForwarderException(Reply reply, @Nullable Throwable cause) {
        super(reply.why(), cause, false, false);
        status = reply.status();
        retryAfterSeconds = reply.retryAfterSeconds();
    }

    /** What a client is to get for it, which is what the listener's would get. */
    public ForwardResponse response() {
        Reply reply = Reply.of(status, String.valueOf(getMessage()), retryAfterSeconds);
        return new ForwardResponse(status, reply.fields(), new SinglePiece(reply.content()));
    }

    static ForwarderException brokeOff(Throwable cause) {
        return new ForwarderException(400, "the request's body broke off: " + cause.getMessage(), cause);
    }

    static ForwarderException refused(Refusal why, Limits limits) {
        return new ForwarderException(why.status(), Reply.sentence(why, limits));
    }

    /** What a client is to be told, as the listener would: 4xx, 502, 503 or 504. */
    public int status() {
        return status;
    }
}
