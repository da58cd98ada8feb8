package io.symphony.proxy;

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

    ForwarderException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    ForwarderException(int status, String message, Throwable cause) {
        super(message, cause, false, false);
        this.status = status;
    }

    /** What a client is to get for it, which is what the listener's would get. */
    public ForwardResponse response() {
        Reply reply = Reply.of(status, String.valueOf(getMessage()));
        return new ForwardResponse(status, reply.fields(), new SinglePiece(reply.content()));
    }

    static ForwarderException refused(Refusal why, Limits limits) {
        return new ForwarderException(why.status(), Reply.sentence(why, limits));
    }

    /** What a client is to be told, as the listener would: 4xx, 502, 503 or 504. */
    public int status() {
        return status;
    }
}
