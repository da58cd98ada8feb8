package io.symphony.proxy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body that nobody wants, so that its connection may be used again; a long one is given up. */
final class Discarding implements Flow.Subscriber<List<ByteBuffer>> {

    private final long mostBytes;
    private long bytes;
    private Flow.@Nullable Subscription subscription;

    Discarding(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        pieces.forEach(piece -> bytes += piece.remaining());
        if (bytes > mostBytes && subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable cause) {
        // nobody waits for it
    }

    @Override
    public void onComplete() {
        // as it should be
    }
}
