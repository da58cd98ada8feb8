package io.symphony.proxy;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/** A request's body on its way to the replica. The next piece is asked for once the replica's socket has the last. */
final class BodySource implements Flow.Subscriber<ByteBuffer> {

    private final BodyPublisher body;
    private final long mostBytes;
    private final Forwarding owner;
    private final Queue<ByteBuffer> pieces = new ConcurrentLinkedQueue<>();
    private volatile @Nullable DataStreamChannel channel;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean last;
    private volatile boolean sent;
    private long bytes;

    BodySource(BodyPublisher body, long mostBytes, Forwarding owner) {
        this.body = body;
        this.mostBytes = mostBytes;
        this.owner = owner;
    }

    /** Whether the body has been asked for, so that it cannot be had again. */
    boolean hasBegun() {
        return channel != null;
    }

    boolean isSent() {
        return sent;
    }

    boolean hasMore() {
        return !hasBegun() || !pieces.isEmpty() || last && !sent;
    }

    /** Hands on what there is, as far as the connection takes it. */
    void produce(DataStreamChannel to) throws IOException {
        if (!hasBegun()) {
            channel = to;
            body.subscribe(this);
        }
        while (!sent) {
            boolean ends = last; // read first: what comes before the end is in the queue by then
            ByteBuffer piece = pieces.peek();
            if (piece != null) {
                to.write(piece);
                if (piece.hasRemaining()) {
                    owner.deadline().awaitPiece();
                    return;
                }
                pieces.remove();
                next();
            } else if (ends) {
                sent = true;
                to.endStream(null);
                owner.deadline().awaitHead();
            } else {
                owner.deadline().awaitBody();
                return;
            }
        }
    }

    private void next() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.request(1);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        begun.request(1);
    }

    @Override
    public void onNext(ByteBuffer piece) {
        bytes += piece.remaining();
        if (bytes > mostBytes) {
            owner.refuse(Refusal.LARGE_BODY);
        } else {
            pieces.add(piece);
            goOn();
        }
    }

    @Override
    public void onError(Throwable cause) {
        owner.bodyBroke(cause);
    }

    @Override
    public void onComplete() {
        last = true;
        goOn();
    }

    private void goOn() {
        DataStreamChannel to = channel;
        if (to != null) {
            to.requestOutput();
        }
    }

    /** Nobody takes the body any more. */
    void cancel() {
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
    }
}
