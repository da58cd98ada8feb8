package io.symphony.proxy;

import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What one forwarded request is sent from, as often as it may be: the forwarder's counterpart of {@link Copy}. */
final class ForwardCopy {

    private final Forwarder.Parts parts;
    private final ForwardRequest request;
    private final RequestHead head;
    private final HttpRequest message;
    private @Nullable BodySource source;
    private boolean repeated;

    ForwardCopy(Forwarder.Parts parts, ForwardRequest request, RequestHead head) {
        this.parts = parts;
        this.request = request;
        this.head = head;
        message = parts.pool().message(request, parts.heads().forReplica(head, client()));
    }

    RequestHead head() {
        return head;
    }

    Peer client() {
        return request.origin().peer();
    }

    /** One more sending of it. */
    ForwardAttempt attempt(Forwarding owner) {
        boolean empty = request.body().contentLength() == 0;
        source = empty ? null : new BodySource(request.body(), parts.limits().bodyBytes(), owner);
        return new ForwardAttempt(owner, parts.pool(), message, source);
    }

    /** Whether the replica has the whole of it. */
    boolean isSent() {
        return source == null || source.isSent();
    }

    boolean mayBeRepeated() {
        return head.idempotent() && !repeated;
    }

    /** Whether it may be sent again after it was lost; where it may have left already, it may once. */
    boolean mayGoAgain(Loss loss) {
        boolean granted = hasBody() && parts.retries().grants(loss, mayBeRepeated());
        repeated |= loss.leavesWhatMayBeRepeated();
        return granted;
    }

    /** Whether it may be sent elsewhere while it waits for an answer. */
    boolean mayMove() {
        return mayBeRepeated() && hasBody() && parts.retries().take();
    }

    /** Whether the body can still be had from its beginning. */
    private boolean hasBody() {
        return source == null || request.keepsBody() || !source.hasBegun();
    }
}
