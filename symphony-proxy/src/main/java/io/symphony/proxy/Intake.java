package io.symphony.proxy;

import org.jspecify.annotations.Nullable;

/** What one exchange takes in: the head of a request, which it writes anew, and its body, which it counts and checks. */
final class Intake {

    private final Loop loop;
    private final ClientConnection client;
    private final Limits limits;
    private final Body body;
    private int end;

    Intake(Loop loop, ClientConnection client) {
        this.loop = loop;
        this.client = client;
        limits = loop.settings().limits();
        body = new Body(limits.trailerBytes());
    }

    /** A new request, of which the head has been parsed. */
    void begin(RequestHead head) {
        if (head.chunked() && head.connection().namesTrailers()) {
            body.chunkedWithoutTrailers();
        } else if (head.chunked()) {
            body.chunked();
        } else {
            body.ofLength(Math.max(0, head.contentLength()));
        }
    }

    /** Whether the request has been read whole. */
    boolean isWhole() {
        return body.ended();
    }

    /** The bytes of content so far. */
    long dataBytes() {
        return body.dataBytes();
    }

    /** Takes the body's part of this range and leaves the rest to the client; why not, where it is refused. */
    @Nullable
    Refusal take(int from, int to) {
        int taken = body.take(loop.buffer(), from, to);
        if (taken == Body.REFUSED) {
            return body.refusal();
        }
        if (body.dataBytes() + body.knownLeft() > limits.bodyBytes()) {
            return Refusal.LARGE_BODY;
        }
        if (from + taken < to) {
            client.stash().set(loop.buffer(), from + taken, to);
        }
        end = body.keptEnd(from, taken);
        return null;
    }

    /** Where what was taken last and goes on ends. */
    int end() {
        return end;
    }

    /** Writes the new head right before the body, so that both go out in one write without a copy of the body. */
    int rewriteBefore(int bodyStart, @Nullable Caching caching) {
        HeadWriter writer = loop.writer();
        loop.requestRewrite().write(loop.requestHead(), client.peer(), writer);
        if (caching != null) {
            caching.addTo(writer);
        }
        int from = bodyStart - writer.length();
        loop.buffer().put(from, writer.bytes(), 0, writer.length());
        return from;
    }

    void expectRest() {
        if (isWhole()) {
            client.expectNothing();
        } else {
            client.expectBody();
        }
    }
}
